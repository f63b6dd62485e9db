/**
 * How fast the page answers while it trains: real clicks, sent through the browser's input pipeline,
 * measured by the browser itself (Event Timing and Long Tasks APIs).
 */
import type { Page } from '@playwright/test';
import { withBrowser } from '../browserPage.ts';

export interface Responsiveness {
  readonly clicks: number;
  /** From a click to the start of its handling, in milliseconds: what training could delay. */
  readonly inputDelay: { readonly median: number; readonly worst: number };
  /** From a click to the next picture, in milliseconds, in the API's steps of 8. */
  readonly toNextPaint: { readonly median: number; readonly worst: number };
  /** Tasks of the page's main thread above 50 ms. */
  readonly longTasks: { readonly count: number; readonly worst: number };
  /** Steps trained meanwhile. */
  readonly steps: number;
}

interface Measured {
  readonly delays: number[];
  readonly durations: number[];
  readonly tasks: number[];
}

const CLICKS = 40;
/** Events that are handled and painted faster than this are not reported by the browser. */
const SHORTEST_REPORTED_MS = 16;

async function observe(page: Page): Promise<void> {
  await page.evaluate((durationThreshold) => {
    const measured: Measured = { delays: [], durations: [], tasks: [] };
    Object.assign(globalThis, { measured });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        if (entry.name !== 'pointerup') continue;
        measured.delays.push(entry.processingStart - entry.startTime);
        measured.durations.push(entry.duration);
      }
    }).observe({ type: 'event', durationThreshold } as PerformanceObserverInit);
    new PerformanceObserver((list) => {
      measured.tasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
  }, SHORTEST_REPORTED_MS);
}

/** Opens and closes a panel again and again: two clicks that each change the page. */
async function click(page: Page): Promise<void> {
  const badge = page.locator('.badge');
  for (let clicks = 0; clicks < CLICKS; clicks += 2) {
    await badge.click();
    await page.waitForTimeout(150);
    await page.mouse.click(4, 400);
    await page.waitForTimeout(150);
  }
}

async function stepOf(page: Page): Promise<number> {
  const words = await page.getByText(/^step [\d,]+ \/ [\d,]+$/).textContent();
  return Number(words?.match(/[\d,]+/)?.[0].replaceAll(',', ''));
}

function spread(values: readonly number[], total: number, atLeast: number): { median: number; worst: number } {
  // Clicks that were not reported took less than the shortest time that is.
  const all = [...values, ...Array.from({ length: Math.max(0, total - values.length) }, () => atLeast)];
  all.sort((one, other) => one - other);
  return { median: Math.round(all[all.length >> 1] ?? 0), worst: Math.round(all.at(-1) ?? 0) };
}

async function measure(page: Page): Promise<Responsiveness> {
  await page.getByRole('button', { name: 'Play', exact: true }).click({ timeout: 60_000 });
  await page.waitForFunction(() => /step [3-9]/.test(document.body.innerText), null, { timeout: 60_000 });
  const before = await stepOf(page);
  await observe(page);
  await click(page);
  const { delays, durations, tasks } = await page.evaluate(
    () => (globalThis as unknown as { measured: Measured }).measured,
  );
  return {
    clicks: CLICKS,
    inputDelay: spread(delays, CLICKS, 0),
    toNextPaint: spread(durations, CLICKS, SHORTEST_REPORTED_MS),
    longTasks: { count: tasks.length, worst: Math.round(Math.max(0, ...tasks)) },
    steps: (await stepOf(page)) - before,
  };
}

/** Trains an experiment in the page on the CPU, and clicks. @param hash the experiment's link */
export function measureResponsiveness(hash: string): Promise<Responsiveness> {
  return withBrowser('index.html', async (browser, url) => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${url}?engine=cpu${hash}`);
    return measure(page);
  });
}
