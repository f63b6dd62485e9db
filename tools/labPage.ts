/** The page as a visitor has it, for tools that use and measure it. */
import type { Browser, Page } from '@playwright/test';

/** Longer than anything takes that the page is asked for. */
export const PATIENCE_MS = 180_000;

/** In a window of its own. */
export function newPage(browser: Browser): Promise<Page> {
  return browser.newPage({ viewport: { width: 1440, height: 900 } });
}

/** Resolves when the page shows a step from this one on. @param polling milliseconds between two looks, which cost the page a little time; else one a frame */
export async function reached(page: Page, step: number, polling: number | 'raf' = 'raf'): Promise<void> {
  const hasReached = (wanted: number) => {
    const shown = document.querySelector('.scrubber-position')?.textContent ?? '';
    return Number(/[\d,]+/.exec(shown)?.[0].replaceAll(',', '')) >= wanted;
  };
  await page.waitForFunction(hasReached, step, { polling, timeout: PATIENCE_MS });
}

/** Opens every instrument. */
export async function openInstruments(page: Page): Promise<void> {
  const toggles = page.getByLabel('Instruments that are open').getByRole('button');
  await toggles.first().waitFor();
  for (const toggle of await toggles.all()) {
    if ((await toggle.getAttribute('aria-pressed')) === 'false') await toggle.click();
  }
  await page.waitForFunction(() => document.querySelector('.view-loading') === null);
}

/** A browser's flag: without it, it measures memory when it finds time, or collects garbage anyway. */
export const COLLECT_AT_ONCE = '--enable-blink-features=ForceEagerMeasureMemory';

/** Bytes that a page and its workers hold, array buffers included, garbage collected (https://wicg.github.io/performance-measure-memory/). */
export function memoryOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    // Not in TypeScript's library yet.
    const { measureUserAgentSpecificMemory: measure } = performance as unknown as {
      measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }>;
    };
    return (await measure.call(performance)).bytes;
  });
}
