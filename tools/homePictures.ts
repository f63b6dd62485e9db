/**
 * `npm run home-pictures`: takes pictures of the first screen before, during and after its run, on every size of screen, light and dark.
 * Those that are kept in the repository are named below; the others are for looking at.
 */
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { text } from '../src/messages/messages.ts';
import { withBrowser } from './browserPage.ts';

const folder = 'docs/first-screen';
const sizes = [
  { width: 1440, height: 900, themes: ['light', 'dark'] },
  { width: 1366, height: 768, themes: ['light', 'dark'] },
  { width: 1280, height: 720, themes: ['projector'] },
  { width: 1024, height: 768, themes: ['projector'] },
  { width: 768, height: 1024, themes: ['light', 'dark'] },
  { width: 390, height: 844, themes: ['light', 'dark'] },
  { width: 360, height: 640, themes: ['light', 'dark'] },
] as const;
/** The others stay out of the repository (`.gitignore`). */
const kept = new Set(['before-1440-light', 'after-1440-light', 'during-1280-projector', 'after-390-dark']);
/** Where the run is stopped to be pictured. */
const MIDWAY = 40;

const words = text.home;
const train = words.train[0] ?? '';

async function takeAll(page: Page, when: string): Promise<void> {
  for (const { themes, ...size } of sizes) {
    await page.setViewportSize(size);
    for (const theme of themes) {
      await page.evaluate((name) => {
        document.documentElement.dataset.theme = name;
      }, theme);
      // What is measured anew is drawn in the frame after the next.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const name = `${when}-${size.width}-${theme}`;
      const path = kept.has(name) ? `${folder}/${name}.png` : `${folder}/all/${name}.png`;
      // Of a page that scrolls, all of it: what sticks to the window's lower end stands at the page's.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      if (size.width < 1000) await page.setViewportSize({ ...size, height });
      await page.screenshot({ path });
      await page.setViewportSize(size);
    }
  }
}

async function takePictures(browser: Browser, url: string): Promise<void> {
  mkdirSync(`${folder}/all`, { recursive: true });
  const page = await browser.newPage({ viewport: sizes[0], colorScheme: 'light' });
  await page.goto(url);
  const figure = page.getByRole('region', { name: text.figure.name });
  await page.getByRole('listitem').nth(9).waitFor();
  await takeAll(page, 'before');
  await page.setViewportSize(sizes[0]);
  await figure.getByRole('button', { name: train }).click();
  const scrubber = figure.getByRole('slider', { name: text.app.transport.scrubber });
  await page.waitForFunction(
    ([input, step]) => input instanceof HTMLInputElement && Number(input.value) >= Number(step),
    [await scrubber.elementHandle(), MIDWAY] as const,
  );
  await page.keyboard.press('Space');
  await takeAll(page, 'during');
  await page.setViewportSize(sizes[0]);
  await figure.getByRole('button', { name: train }).click();
  await page.getByRole('button', { name: words.next.why.join('') }).waitFor({ timeout: 240_000 });
  await page.getByText(/^Right: /).waitFor();
  await takeAll(page, 'after');
}

withBrowser('index.html', takePictures).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
