/**
 * What a long run costs the page: four networks of 56 layers and 10,000 steps, streamed in a quarter of a minute, in each
 * of the two views that draw them, with every panel open, and once more while a loss slice grows beside it. The memory is the browser's own measurement, too
 * (`measureUserAgentSpecificMemory`, which counts array buffers and collects garbage first).
 */
import type { Browser, Page } from '@playwright/test';
import { withBrowser } from '../browserPage.ts';
import { COLLECT_AT_ONCE, memoryOf, newPage, openInstruments, reached } from '../labPage.ts';
import { type MainThread, readTrace, startTrace } from './mainThread.ts';

type View = 'Lab' | 'Instruments';

interface ViewFigures {
  readonly framesPerSecond: number;
  /** Processor time of the main thread for each frame, in milliseconds. */
  readonly perFrame: number;
  readonly mainThread: MainThread;
}

interface Frames {
  frames: number;
  readonly began: number;
}

/** Counts frames from now on. */
async function countFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    // A method: a function with a name of its own would need a helper of the compiler that the page lacks.
    const counted: Frames & { count(): void } = {
      frames: 0,
      began: performance.now(),
      count() {
        counted.frames++;
        requestAnimationFrame(counted.count);
      },
    };
    requestAnimationFrame(counted.count);
    Object.assign(globalThis, { counted });
  });
}

function framesOf(page: Page): Promise<{ frames: number; framesPerSecond: number }> {
  return page.evaluate(() => {
    const { frames, began } = (globalThis as unknown as { counted: Frames }).counted;
    return { frames, framesPerSecond: Math.round((1000 * frames) / (performance.now() - began)) };
  });
}

export interface LongRun {
  readonly steps: number;
  /** Of the whole page with everything that was recorded, in bytes. */
  readonly memory: number;
  /** While records stream in; at last while a slice does, too. */
  readonly views: Readonly<Record<View | 'Loss slice', ViewFigures>>;
  /** How far the slice came meanwhile, as the page says it. */
  readonly slice: string;
}

/** As long as an instrument may compute before it is stopped: what it has found until then is drawn all the same. */
const MOST_MS = 15_000;
/** From where on it is measured: until then the page is still opening. */
const FIRST_STEP = 500;
const LAST_STEP = 10_000;
/** Often enough to notice the end. */
const POLL_MS = 250;

/** Has those instruments compute that compute on request. */
async function computeAll(page: Page): Promise<void> {
  const bars = page.locator('.examination');
  for (const bar of await bars.all()) {
    await bar.getByRole('button', { name: 'Compute', exact: true }).click();
    const stop = bar.getByRole('button', { name: 'Stop' });
    await stop.or(bar.getByRole('button', { name: 'Compute again' })).waitFor();
    await stop.waitFor({ state: 'detached', timeout: MOST_MS }).catch(() => undefined);
    // It may be over just now; and what is stopped before its turn has found nothing to compute again.
    while (await stop.isVisible()) await stop.click({ timeout: 1000 }).catch(() => undefined);
  }
}

async function openView(page: Page, view: View): Promise<void> {
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await page.getByRole('radiogroup', { name: 'View' }).getByText(view, { exact: true }).click();
  if (view === 'Instruments') await openInstruments(page);
}

/** Streams a long run into the view that is open. @param meanwhile done once it is measured */
async function measure(browser: Browser, page: Page, meanwhile?: () => Promise<void>): Promise<ViewFigures> {
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await reached(page, FIRST_STEP, POLL_MS);
  await startTrace(browser, page);
  await countFrames(page);
  await meanwhile?.();
  await reached(page, LAST_STEP, POLL_MS);
  const { frames, framesPerSecond } = await framesOf(page);
  const mainThread = await readTrace(browser);
  return { framesPerSecond, perFrame: Math.round((10 * mainThread.total) / frames) / 10, mainThread };
}

/**
 * Streams a slice of the loss in a plane, coarse to fine, beside a long run. That is more than a visitor's page has to draw at a
 * time: a worker pauses its run for a slice, while the made-up run goes on.
 */
async function measureSlice(browser: Browser, page: Page): Promise<{ figures: ViewFigures; slice: string }> {
  await openView(page, 'Instruments');
  const panel = page.getByRole('region', { name: 'Loss slice' });
  await panel.getByText('Plane', { exact: true }).click();
  const progress = panel.locator('.progress-text').filter({ hasText: /: \d+ of \d+$/ });
  // Once, so that what computes it has been loaded and warmed up.
  await panel.getByRole('button', { name: 'Compute', exact: true }).click();
  await progress.waitFor();
  await panel.getByRole('button', { name: 'Stop' }).click();
  const again = panel.getByRole('button', { name: 'Compute again' });
  await again.waitFor();
  const figures = await measure(browser, page, () => again.click());
  return { figures, slice: await progress.innerText() };
}

async function inNewPage<T>(browser: Browser, url: string, use: (page: Page) => Promise<T>): Promise<T> {
  const page = await newPage(browser);
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
      const lab = await inNewPage(browser, url, async (page) => {
        await openView(page, 'Lab');
        return { figures: await measure(browser, page), memory: await memoryOf(page) };
      });
      const instruments = await inNewPage(browser, url, async (page) => {
        await openView(page, 'Instruments');
        await computeAll(page);
        return measure(browser, page);
      });
      const { figures, slice } = await inNewPage(browser, url, (page) => measureSlice(browser, page));
      const views = { Lab: lab.figures, Instruments: instruments, 'Loss slice': figures };
      return { steps: LAST_STEP, memory: lab.memory, views, slice };
    },
    [COLLECT_AT_ONCE],
  );
}
