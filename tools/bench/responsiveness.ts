/**
 * How fast the page trains and answers meanwhile: real clicks, sent through the browser's input pipeline, measured by the
 * browser itself (Event Timing API, and a trace of the main thread).
 */
import type { Browser, Locator, Page } from '@playwright/test';
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

/** What visitors wait for, in milliseconds, each from an empty cache on: medians, and the worst of what is to have a limit. */
export interface FirstVisit {
  /** What comes before the first picture, compressed. */
  readonly bytes: number;
  /** From the page's address to the bars of the untrained networks. */
  readonly toBars: number;
  /** Visits that start at once, and click on until the run's end. */
  readonly hurried: Omit<Responsiveness, 'mainThread'> & {
    /** From the page's address to the button that starts. */
    readonly toPlay: number;
    /** From a click on that to the first step on view. */
    readonly toFirstStep: number;
    /** From the same click to the end of the run, every evaluation included. */
    readonly toEnd: number;
    readonly mainThreads: readonly MainThread[];
  };
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

/** Looks from time to time cost a page less than one a frame. */
const SELDOM = { polling: 20, timeout: PATIENCE_MS } as const;

async function observe(browser: Browser, page: Page): Promise<void> {
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
  // What looks into the page is brought there before it counts.
  await page.waitForFunction(() => true, undefined, SELDOM);
  await startTrace(browser, page);
}

/** Where to press something. A mouse that is told where asks the page for nothing. */
async function middleOf(what: Locator): Promise<readonly [x: number, y: number]> {
  await what.waitFor({ timeout: PATIENCE_MS });
  const box = await what.boundingBox();
  if (!box) throw new Error('nothing to press');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** Opens and closes a panel again and again: two clicks that each change the page. @returns how many there were */
async function click(page: Page, goesOn: (clicks: number) => boolean): Promise<number> {
  const badge = await middleOf(page.locator('.badge'));
  const isThere = (wanted: boolean) =>
    page.waitForFunction((is) => (document.querySelector('[role=dialog]') !== null) === is, wanted, SELDOM);
  let clicks = 0;
  for (; goesOn(clicks); clicks += 2) {
    await page.mouse.click(...badge);
    await isThere(true);
    await page.waitForTimeout(PAUSE_MS);
    await page.mouse.click(4, 400);
    await isThere(false);
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

/** Resolves when the bars of both networks are there. @returns the page's own time */
async function bars(page: Page): Promise<number> {
  const areThere = () => {
    const bars = [...document.querySelectorAll('.stack-bars')];
    return bars.length === 2 && bars.every((path) => path.getAttribute('d')) ? performance.now() : null;
  };
  return (await (await page.waitForFunction(areThere, undefined, { timeout: PATIENCE_MS })).jsonValue()) ?? 0;
}

/** In the lab, or on the first screen. */
const playOf = (page: Page) => page.getByRole('button', { name: /^(Play|Train both)$/ });

/** Trains an experiment in the page on the CPU, and clicks. @param hash the experiment's link */
export function measureResponsiveness(hash: string): Promise<Responsiveness> {
  return withBrowser('index.html', async (browser, url) => {
    const page = await newPage(browser);
    await page.goto(`${url}?engine=cpu${hash}`);
    await playOf(page).click({ timeout: PATIENCE_MS });
    await reached(page, 3);
    await observe(browser, page);
    return found(browser, page, await click(page, (clicks) => clicks < CLICKS));
  });
}

/** Resolves when the page says that its run is at its end. */
async function ended(page: Page): Promise<void> {
  const isSaid = () => document.querySelector('p[role=status]')?.textContent?.includes('Finished') ?? false;
  await page.waitForFunction(isSaid, undefined, SELDOM);
}

/** As a visitor without a GPU opens it, each time from an empty cache. */
function visits<T>(use: (browser: Browser, page: Page, url: string) => Promise<T>): Promise<T[]> {
  return withBrowser('index.html', async (browser, url) => {
    const all: T[] = [];
    for (let visit = 0; visit < VISITS; visit++) {
      const page = await newPage(browser);
      all.push(await use(browser, page, `${url}?engine=cpu`));
      await page.close();
    }
    return all;
  });
}

const median = (values: readonly number[]) => spread(values, values.length, 0).median;

async function unhurriedVisits(): Promise<FirstVisit['unhurried']> {
  const all = await visits(async (browser, page, address) => {
    await page.goto(address);
    await bars(page);
    await page.waitForLoadState('networkidle');
    const play = await middleOf(playOf(page));
    await startTrace(browser, page);
    const played = performance.now();
    await page.mouse.click(...play);
    await ended(page);
    return { toEnd: performance.now() - played, mainThread: await readTrace(browser) };
  });
  return { toEnd: median(all.map(({ toEnd }) => toEnd)), mainThreads: all.map(({ mainThread }) => mainThread) };
}

async function hurriedVisits(): Promise<FirstVisit['hurried']> {
  const all = await visits(async (browser, page, address) => {
    const opened = performance.now();
    await page.goto(address);
    const play = await middleOf(playOf(page));
    const toPlay = performance.now() - opened;
    await observe(browser, page);
    const played = performance.now();
    const since = () => performance.now() - played;
    await page.mouse.click(...play);
    await reached(page, 1, SELDOM.polling);
    const toFirstStep = since();
    let toEnd = 0;
    const end = ended(page).then(() => {
      toEnd = since();
    });
    const clicks = await click(page, () => toEnd === 0);
    await end;
    return { toPlay, toFirstStep, toEnd, ...(await found(browser, page, clicks)) };
  });
  const medianOf = (of: 'toPlay' | 'toFirstStep' | 'toEnd') => median(all.map((visit) => visit[of]));
  const together = (of: 'inputDelay' | 'toNextPaint') => ({
    median: median(all.map((visit) => visit[of].median)),
    worst: Math.max(...all.map((visit) => visit[of].worst)),
  });
  return {
    toPlay: medianOf('toPlay'),
    toFirstStep: medianOf('toFirstStep'),
    toEnd: medianOf('toEnd'),
    clicks: all.reduce((sum, { clicks }) => sum + clicks, 0),
    inputDelay: together('inputDelay'),
    toNextPaint: together('toNextPaint'),
    mainThreads: all.map(({ mainThread }) => mainThread),
  };
}

/** The experiment that the page opens with, from its address to the end of its run. */
export async function measureFirstVisit(): Promise<FirstVisit> {
  const bytes = await withBrowser('index.html', async (browser, url) => openFirstPicture(await browser.newPage(), url));
  const toBars = await visits(async (_, page, address) => {
    await page.goto(address, { waitUntil: 'commit' });
    return bars(page);
  });
  return { bytes, toBars: median(toBars), hurried: await hurriedVisits(), unhurried: await unhurriedVisits() };
}

/** What an embed downloads until somebody runs it, in bytes compressed with gzip. */
export function measureEmbed(): Promise<number> {
  return withBrowser('index.html', async (browser, url) => {
    const files = await openEmbed(await browser.newPage(), `${url}?embed=1`);
    return [...files.values()].reduce((sum, each) => sum + each, 0);
  });
}
