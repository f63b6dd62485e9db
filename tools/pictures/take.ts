/** What the pictures of the page share: waiting for a step of a run, and one picture a size and theme. */
import { writeFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { text } from '../../src/messages/messages.ts';

/** Takes its pictures of the page that is served at `url`; of those that have names, the wanted ones, or all where none is named. */
export type Take = (browser: Browser, url: string, wanted: readonly string[]) => Promise<void>;

/** A picture as WebP, a fraction of its bytes. @param quality from 0 to 1 */
async function webpOf(page: Page, png: Buffer, quality: number): Promise<Buffer> {
  const url = await page.evaluate(
    async ([source, wanted]) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', wanted);
    },
    [`data:image/png;base64,${png.toString('base64')}`, quality] as const,
  );
  return Buffer.from(url.replace(/^.*,/, ''), 'base64');
}

/** The longest that a run may take. */
export const RUN_MS = 400_000;

/** Waits until a run that is under way has come as far as a step. */
export async function reachStep(page: Page, step: number): Promise<void> {
  const scrubber = page.getByRole('slider', { name: text.app.transport.scrubber });
  await scrubber.waitFor({ timeout: RUN_MS });
  await page.waitForFunction(
    ([input, wanted]) => input instanceof HTMLInputElement && Number(input.value) >= Number(wanted),
    [await scrubber.elementHandle(), step] as const,
    { timeout: RUN_MS },
  );
}

export interface Size {
  readonly width: number;
  readonly height: number;
  /** All of a page that scrolls: what sticks to the window's lower end stands at the page's. */
  readonly isWhole?: boolean;
}

/**
 * The page as it stands in each size and theme; it is left in the first size.
 * @param path of a picture's file; a `.webp` is small
 */
export async function takeSizes<S extends Size>(
  page: Page,
  sizes: readonly S[],
  themesOf: (size: S) => readonly string[],
  path: (size: S, theme: string) => string,
): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const theme of themesOf(size)) {
      await page.evaluate((name) => {
        document.documentElement.dataset.theme = name;
      }, theme);
      // What is measured anew is drawn in the frame after the next.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const height = size.isWhole ? await page.evaluate(() => document.documentElement.scrollHeight) : size.height;
      await page.setViewportSize({ width: size.width, height });
      const file = path(size, theme);
      if (file.endsWith('.webp')) writeFileSync(file, await webpOf(page, await page.screenshot(), 0.4));
      else await page.screenshot({ path: file });
      await page.setViewportSize(size);
    }
  }
  if (sizes[0]) await page.setViewportSize(sizes[0]);
}
