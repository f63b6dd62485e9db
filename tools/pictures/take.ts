/** What the pictures of the page share: waiting for a step of a run, and one picture a size and theme. */
import type { Browser, Page } from '@playwright/test';
import { text } from '../../src/messages/messages.ts';

/** Takes its pictures of the page that is served at `url`; of those that have names, the wanted ones, or all where none is named. */
export type Take = (browser: Browser, url: string, wanted: readonly string[]) => Promise<void>;

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
 * @param path of a picture's file
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
      await page.screenshot({ path: path(size, theme) });
      await page.setViewportSize(size);
    }
  }
  if (sizes[0]) await page.setViewportSize(sizes[0]);
}
