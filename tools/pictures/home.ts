/** The first screen before, during and after its run, on every size of screen, light and dark. */
import { mkdirSync } from 'node:fs';
import { text } from '../../src/messages/messages.ts';
import { RUN_MS, reachStep, type Take, takeSizes } from './take.ts';

const folder = 'docs/first-screen';
const sizes = [
  { width: 1440, height: 900, themes: ['light', 'dark'] },
  { width: 1366, height: 768, themes: ['light', 'dark'] },
  { width: 1366, height: 625, themes: ['light'] },
  { width: 1280, height: 720, themes: ['projector'] },
  { width: 1024, height: 768, themes: ['projector'] },
  { width: 768, height: 1024, isWhole: true, themes: ['light', 'dark'] },
  { width: 390, height: 844, isWhole: true, themes: ['light', 'dark'] },
  { width: 360, height: 640, isWhole: true, themes: ['light', 'dark'] },
] as const;
/** Where the run is stopped to be pictured. */
const MIDWAY = 40;

const words = text.home;
const train = words.train[0] ?? '';

export const takeHome: Take = async (browser, url) => {
  mkdirSync(folder, { recursive: true });
  const page = await browser.newPage({ viewport: sizes[0], colorScheme: 'light' });
  const takeAll = (when: string) =>
    takeSizes(
      page,
      sizes,
      ({ themes }) => themes,
      ({ width, height }, theme) => `${folder}/${when}-${width}x${height}-${theme}.webp`,
    );
  await page.goto(url);
  const figure = page.getByRole('region', { name: text.figure.name });
  await page.getByRole('listitem').nth(9).waitFor();
  await takeAll('before');
  await figure.getByRole('button', { name: train }).click();
  await reachStep(page, MIDWAY);
  await page.keyboard.press('Space');
  // Where it has stopped, errors are measured of one network after the other.
  await page.getByText(/Stopped after (\d+) .* After \1 steps/).waitFor();
  await takeAll('during');
  await figure.getByRole('button', { name: train }).click();
  await page.getByRole('button', { name: words.next.why.join('') }).waitFor({ timeout: RUN_MS });
  await page.getByText(/^Right: /).waitFor();
  await takeAll('after');
};
