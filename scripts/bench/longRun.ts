/**
 * What a long run costs the page: four networks of 56 layers and 10,000 steps, streamed in a quarter of a minute, in each
 * of the two views that draw them, with every panel open. The memory is the browser's own measurement, too
 * (`measureUserAgentSpecificMemory`, which counts array buffers and collects garbage first).
 */
import type { Browser, Page } from '@playwright/test';
import { withBrowser } from '../browserPage.ts';
import { type FrameFigures, readMeter, startMeter } from './frameMeter.ts';
import { type MainThread, readTrace, startTrace } from './mainThread.ts';

const views = ['Lab', 'Instruments'] as const;
type View = (typeof views)[number];

export interface ViewFigures extends FrameFigures {
  readonly mainThread: MainThread;
}

export interface LongRun {
  readonly steps: number;
  /** Of the whole page with everything that was recorded, in bytes. */
  readonly memory: number;
  /** While records stream in. */
  readonly views: Readonly<Record<View, ViewFigures>>;
}

/** As long as an instrument may compute before it is stopped: what it has found until then is drawn all the same. */
const MOST_MS = 15_000;
/** From where on it is measured: until then the page is still opening. */
const FIRST_STEP = 500;
const LAST_STEP = 10_000;
/** Often enough to notice the end; asking costs the page a little time. */
const POLL_MS = 250;
/** Browsers measure when they find time; the flag makes them do so at once. */
const eagerMemory = '--enable-blink-features=ForceEagerMeasureMemory';

function memoryOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { measureUserAgentSpecificMemory: measure } = performance as unknown as {
      measureUserAgentSpecificMemory?: () => Promise<{ readonly bytes: number }>;
    };
    return measure ? (await measure.call(performance)).bytes : Number.NaN;
  });
}

/** Opens every instrument, and has those compute that compute on request. */
async function openInstruments(page: Page): Promise<void> {
  const toggles = page.getByLabel('Instruments that are open').getByRole('button');
  await toggles.first().waitFor();
  for (const toggle of await toggles.all()) {
    if ((await toggle.getAttribute('aria-pressed')) === 'false') await toggle.click();
  }
  const bars = page.locator('.examination');
  await page.waitForFunction(() => document.querySelector('.instrument .view-loading') === null);
  for (const bar of await bars.all()) {
    await bar.getByRole('button', { name: 'Compute', exact: true }).click();
    const again = bar.getByRole('button', { name: 'Compute again' });
    await again.waitFor({ timeout: MOST_MS }).catch(() => bar.getByRole('button', { name: 'Stop' }).click());
    await again.waitFor();
  }
}

async function reached(page: Page, step: number): Promise<void> {
  const hasReached = (wanted: number) => {
    const shown = document.querySelector('.scrubber-position')?.textContent ?? '';
    return Number(/[\d,]+/.exec(shown)?.[0].replaceAll(',', '')) >= wanted;
  };
  await page.waitForFunction(hasReached, step, { polling: POLL_MS, timeout: 120_000 });
}

/** Streams a long run into one of the views. */
async function measure(browser: Browser, page: Page, view: View): Promise<ViewFigures> {
  const play = page.getByRole('button', { name: 'Play', exact: true });
  await play.waitFor();
  await page.getByRole('radiogroup', { name: 'View' }).getByText(view, { exact: true }).click();
  if (view === 'Instruments') await openInstruments(page);
  await play.click();
  await reached(page, FIRST_STEP);
  await startTrace(browser, page);
  await startMeter(page);
  await reached(page, LAST_STEP);
  const figures = await readMeter(page);
  return { ...figures, mainThread: await readTrace(browser, figures.frames) };
}

async function inNewPage<T>(browser: Browser, url: string, use: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  const result = await use(page);
  await page.close();
  return result;
}

/** Streams a long run into the page. Its records are made up: this measures drawing and memory. */
export function measureLongRun(): Promise<LongRun> {
  return withBrowser(
    'longRun.html',
    async (browser, url) => {
      const lab = await inNewPage(browser, url, async (page) => ({
        figures: await measure(browser, page, 'Lab'),
        memory: await memoryOf(page),
      }));
      const instruments = await inNewPage(browser, url, (page) => measure(browser, page, 'Instruments'));
      return { steps: LAST_STEP, memory: lab.memory, views: { Lab: lab.figures, Instruments: instruments } };
    },
    [eagerMemory],
  );
}
