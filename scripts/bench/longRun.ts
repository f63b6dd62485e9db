/**
 * What a long run costs the page: four networks of 56 layers and 10,000 steps, streamed in a quarter of a minute.
 * Frames and long tasks are the browser's own measurements (requestAnimationFrame, Long Tasks API), and so is the memory
 * (`measureUserAgentSpecificMemory`, which counts array buffers and collects garbage first).
 */
import type { Page } from '@playwright/test';
import { withBrowser } from '../browserPage.ts';

export interface LongRun {
  readonly steps: number;
  /** Of the whole page with everything that was recorded, in bytes. */
  readonly memory: number;
  /** Frames a second while records stream in. */
  readonly framesPerSecond: number;
  /** Milliseconds of the main thread in each frame. */
  readonly longTasks: { readonly count: number; readonly worst: number };
}

const LAST_STEP = 10_000;
/** Browsers measure when they find time; the flag makes them do so at once. */
const eagerMemory = '--enable-blink-features=ForceEagerMeasureMemory';

interface Meter {
  readonly frames: number;
  readonly tasks: readonly number[];
  readonly began: number;
}

function memoryOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { measureUserAgentSpecificMemory: measure } = performance as unknown as {
      measureUserAgentSpecificMemory?: () => Promise<{ readonly bytes: number }>;
    };
    return measure ? (await measure.call(performance)).bytes : Number.NaN;
  });
}

async function startMeter(page: Page): Promise<void> {
  await page.evaluate(() => {
    const meter = {
      frames: 0,
      tasks: [] as number[],
      began: performance.now(),
      count() {
        meter.frames++;
        requestAnimationFrame(meter.count);
      },
    };
    Object.assign(globalThis, { meter });
    requestAnimationFrame(meter.count);
    new PerformanceObserver((list) => {
      meter.tasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
  });
}

async function measure(page: Page): Promise<LongRun> {
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForFunction(() => /step [5-9]\d\d /.test(document.body.innerText));
  await startMeter(page);
  await page.waitForFunction(
    (last) => document.body.innerText.includes(`step ${last}`),
    LAST_STEP.toLocaleString('en'),
    {
      timeout: 120_000,
    },
  );
  const { frames, tasks, ms } = await page.evaluate(() => {
    const { meter } = globalThis as unknown as { meter: Meter };
    return { frames: meter.frames, tasks: meter.tasks, ms: performance.now() - meter.began };
  });
  return {
    steps: LAST_STEP,
    memory: await memoryOf(page),
    framesPerSecond: Math.round((1000 * frames) / ms),
    longTasks: { count: tasks.length, worst: Math.round(Math.max(0, ...tasks)) },
  };
}

/** Streams a long run into the page. Its records are made up: this measures drawing and memory. */
export function measureLongRun(): Promise<LongRun> {
  return withBrowser(
    'longRun.html',
    async (browser, url) => {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(url);
      return measure(page);
    },
    [eagerMemory],
  );
}
