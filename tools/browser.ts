/**
 * Finds the Chromium that tests and the headless lab run in: $CHROME_PATH, then a Chrome or
 * Chromium on the machine, then Playwright's own, then (on Debian, as root) the distribution's.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { fromDebian } from './debian.ts';

/** WebGPU on the software rasteriser SwiftShader, so that it is tested on machines without a GPU. */
export const browserFlags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];
const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...macApplications].find(isExecutable);
}

/**
 * The path of a browser to run.
 * @throws Error with one sentence that says what to install, if there is none
 */
export function findBrowser(): string {
  const asked = process.env.CHROME_PATH;
  if (asked) {
    if (isExecutable(asked)) return asked;
    throw new Error(`CHROME_PATH is ${asked}, which is not an executable file: correct it or unset it.`);
  }
  const playwrights = chromium.executablePath();
  const found =
    onPath() ??
    (isExecutable(playwrights) ? playwrights : undefined) ??
    (fromDebian('chromium') ? onPath() : undefined);
  if (found) return found;
  throw new Error(
    'No Chrome or Chromium was found: install one (on Debian or Ubuntu `apt-get install chromium`, elsewhere `npx playwright install chromium`) or set CHROME_PATH to its executable.',
  );
}
