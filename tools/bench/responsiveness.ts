/**
 * How fast the page trains and answers meanwhile: real clicks, sent through the browser's input pipeline, measured by the
 * browser itself (Event Timing API, and a trace of the main thread).
 */
import type { Browser, Page } from '@playwright/test';
import { withBrowser } from '../browserPage.ts';
import { openEmbed, openFirstPicture } from '../firstPicture.ts';
import { newPage, PATIENCE_MS, reached } from '../labPage.ts';
import { type MainThread, readTrace, startTrace } from './mainThread.ts';

export interface Responsiveness {
  readonly clicks: number;
  /** From a click to the start of its handling, in milliseconds: what training could delay. */
  readonly inputDelay: { readonly median: number; readonly worst: number };
  /** From a click to the next picture, in milliseconds, in the API's steps of 8. */
  readonly toNextPaint: { readonly median: number; readonly worst: number };
  readonly mainThread: MainThread;
}

/** What a visitor waits for, in milliseconds, from an empty cache on. */
export interface FirstVisit extends Responsiveness {
  /** What comes before the first picture, compressed. */
  readonly bytes: number;
  /** From the page's address to the bars of the untrained networks: the median of some visits. */
  readonly toBars: number;
  /** From the page's address to the button that starts. */
  readonly toPlay: number;
  /** From a click on that to the first step on view. */
  readonly toFirstStep: number;
  /** From the same click to the end of the run, every evaluation included. */
  readonly toEnd: number;
  /** Visits that start once the page has all it wants, and leave it alone then. */
  readonly unhurried: { readonly toEnd: number; readonly mainThreads: readonly MainThread[] };
}

interface Measured {
  readonly delays: number[];
  readonly durations: number[];
}

const CLICKS = 40;
const VISITS = 5;
/** Between two clicks. */
const PAUSE_MS = 150;
/** Events that are handled and painted faster than this are not reported by the browser. */
const SHORTEST_REPORTED_MS = 16;

async function observe(browser: Browser, page: Page): Promise<void> {
  await startTrace(browser, page);
  await page.evaluate((durationThreshold) => {
    const measured: Measured = { delays: [], durations: [] };
    Object.assign(globalThis, { measured });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        if (entry.name !== 'pointerup') continue;
        measured.delays.push(entry.processingStart - entry.startTime);
        measured.durations.push(entry.duration);
      }
    }).observe({ type: 'event', durationThreshold } as PerformanceObserverInit);
  }, SHORTEST_REPORTED_MS);
}

/** Opens and closes a panel again and again: two clicks that each change the page. @returns how many there were */
async function click(page: Page, goesOn: (clicks: number) => boolean): Promise<number> {
  const badge = page.locator('.badge');
  const opened = page.locator('.badge[aria-expanded=true]');
  let clicks = 0;
  for (; goesOn(clicks); clicks += 2) {
    await badge.click();
    await opened.waitFor();
    // Its file may be on the way still, and a click beside what is not there closes nothing.
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(PAUSE_MS);
    await page.mouse.click(4, 400);
    await opened.waitFor({ state: 'detached' });
    await page.waitForTimeout(PAUSE_MS);
  }
  return clicks;
}

function spread(values: readonly number[], total: number, atLeast: number): { median: number; worst: number } {
  // Clicks that were not reported took less than the shortest time that is.
  const all = [...values, ...Array.from({ length: Math.max(0, total - values.length) }, () => atLeast)];
  all.sort((one, other) => one - other);
  return { median: Math.round(all[all.length >> 1] ?? 0), worst: Math.round(all.at(-1) ?? 0) };
}

async function found(browser: Browser, page: Page, clicks: number): Promise<Responsiveness> {
  const { delays, durations } = await page.evaluate(() => (globalThis as unknown as { measured: Measured }).measured);
  return {
    clicks,
    inputDelay: spread(delays, clicks, 0),
    toNextPaint: spread(durations, clicks, SHORTEST_REPORTED_MS),
    mainThread: await readTrace(browser),
  };
}

/** Opens the page as a visitor without a GPU does. @param use is told when that was, too */
function onPage<T>(hash: string, use: (browser: Browser, page: Page, opened: number) => Promise<T>): Promise<T> {
  return withBrowser('index.html', async (browser, url) => {
    const page = await newPage(browser);
    const opened = performance.now();
    await page.goto(`${url}?engine=cpu${hash}`);
    return use(browser, page, opened);
  });
}

/** Resolves when the bars of both networks are there. @returns the page's own time */
async function bars(page: Page): Promise<number> {
  const areThere = () => {
    const bars = [...document.querySelectorAll('.stack-bars')];
    return bars.length === 2 && bars.every((path) => path.getAttribute('d')) ? performance.now() : null;
  };
  return (await (await page.waitForFunction(areThere, undefined, { timeout: PATIENCE_MS })).jsonValue()) ?? 0;
}

/** How long the bars of both networks take to be there, each time from an empty cache. */
function firstBars(): Promise<number[]> {
  return withBrowser('index.html', async (browser, url) => {
    const times: number[] = [];
    for (let visit = 0; visit < VISITS; visit++) {
      const page = await newPage(browser);
      await page.goto(`${url}?engine=cpu`, { waitUntil: 'commit' });
      times.push(await bars(page));
      await page.close();
    }
    return times;
  });
}

/** In the lab, or on the first screen. */
const playOf = (page: Page) => page.getByRole('button', { name: /^(Play|Train both)$/ });

/** Trains an experiment in the page on the CPU, and clicks. @param hash the experiment's link */
export function measureResponsiveness(hash: string): Promise<Responsiveness> {
  return onPage(hash, async (browser, page) => {
    await playOf(page).click({ timeout: PATIENCE_MS });
    await reached(page, 3);
    await observe(browser, page);
    return found(browser, page, await click(page, (clicks) => clicks < CLICKS));
  });
}

/** Resolves when the page says that its run is at its end. */
function ended(page: Page): Promise<void> {
  const said = page.getByRole('status').filter({ hasText: 'Finished' });
  return said.waitFor({ state: 'attached', timeout: PATIENCE_MS });
}

function unhurriedVisits(): Promise<FirstVisit['unhurried']> {
  return withBrowser('index.html', async (browser, url) => {
    const times: number[] = [];
    const mainThreads: MainThread[] = [];
    for (let visit = 0; visit < VISITS; visit++) {
      const page = await newPage(browser);
      await page.goto(`${url}?engine=cpu`);
      await bars(page);
      await page.waitForLoadState('networkidle');
      await startTrace(browser, page);
      const played = performance.now();
      await playOf(page).click({ timeout: PATIENCE_MS });
      await ended(page);
      times.push(performance.now() - played);
      mainThreads.push(await readTrace(browser));
      await page.close();
    }
    return { toEnd: spread(times, times.length, 0).median, mainThreads };
  });
}

/** The experiment that the page opens with, from its address to the end of its run, with clicks meanwhile. */
export async function measureFirstVisit(): Promise<FirstVisit> {
  const bytes = await withBrowser('index.html', async (browser, url) => openFirstPicture(await browser.newPage(), url));
  const times = await firstBars();
  const toBars = spread(times, times.length, 0).median;
  const unhurried = await unhurriedVisits();
  return onPage('', async (browser, page, opened) => {
    await playOf(page).waitFor({ timeout: PATIENCE_MS });
    const toPlay = performance.now() - opened;
    await observe(browser, page);
    const played = performance.now();
    await playOf(page).click({ timeout: PATIENCE_MS });
    const since = () => Math.round(performance.now() - played);
    await reached(page, 1);
    const toFirstStep = since();
    let toEnd = 0;
    const end = ended(page).then(() => {
      toEnd = since();
    });
    const clicks = await click(page, () => toEnd === 0);
    await end;
    return {
      bytes,
      toBars,
      toPlay: Math.round(toPlay),
      toFirstStep,
      toEnd,
      unhurried,
      ...(await found(browser, page, clicks)),
    };
  });
}

/** What an embed downloads until somebody runs it, in bytes compressed with gzip. */
export function measureEmbed(): Promise<number> {
  return withBrowser('index.html', async (browser, url) => {
    const files = await openEmbed(await browser.newPage(), `${url}?embed=1`);
    return [...files.values()].reduce((sum, each) => sum + each, 0);
  });
}
