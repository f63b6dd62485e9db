/** Watches a visit for what must not happen. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { isTask, mainThreadEvents, type Trace } from '../bench/mainThread.ts';
import { words as fuzz } from './words.ts';

const words = fuzz.faults;

export interface Fault {
  readonly words: string;
  /** During which it happened, or came to light. */
  readonly action: number;
}

/** A task of a page's main thread that took long, in milliseconds of processor time. */
export interface BusyTask {
  readonly ms: number;
  readonly action: number;
}

/** In milliseconds. */
export interface Limits {
  /** The most that a task may take of a processor. */
  readonly busy: number;
  /** How long a page may take to load, and again to be drawn, on a busy machine. */
  readonly drawn: number;
}

const usual: Limits = { busy: 1000, drawn: 15_000 };
/** A frame from which on it is asked for what took its time. */
const SLOW_MS = 300;

const MARK = 'fuzz ';

/** Begins to record what the main threads compute. */
export function startWatchingTasks(browser: Browser, page: Page): Promise<void> {
  return browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
}

/** Says in the recording where an action begins. */
export async function markAction(page: Page, index: number): Promise<void> {
  await page.evaluate((name) => performance.mark(name), MARK + index);
}

/**
 * The longest task within each action, by the processor time of its thread: on the clock, it also waits for other work of the machine.
 * @throws Error where the trace says nothing of processor time
 */
export function busiestTasks(trace: Trace): readonly BusyTask[] {
  const longest = new Map<number, number>();
  let timed = 0;
  for (const events of mainThreadEvents(trace)) {
    let action = 0;
    for (const event of [...events].sort((one, other) => (one.ts ?? 0) - (other.ts ?? 0))) {
      if (event.name.startsWith(MARK)) action = Number(event.name.slice(MARK.length));
      if (!isTask(event)) continue;
      if (event.tdur !== undefined) timed++;
      longest.set(action, Math.max(longest.get(action) ?? 0, (event.tdur ?? 0) / 1000));
    }
  }
  if (timed === 0) throw new Error(words.blind);
  return [...longest].map(([action, ms]) => ({ action, ms: Math.round(ms) }));
}

/** What the page itself tells of. */
type Report =
  | { readonly kind: 'policy'; readonly directive: string; readonly uri: string }
  | { readonly kind: 'slow'; readonly scripts: readonly { readonly invoker: string; readonly ms: number }[] };

/** The part of a long animation frame that is read; not yet among TypeScript's own types. */
interface FrameTiming extends PerformanceEntry {
  readonly scripts: readonly {
    readonly invoker: string;
    readonly sourceFunctionName: string;
    readonly duration: number;
  }[];
}

declare const window: Window & { fuzzReport(report: Report): void };

/** Collects what goes wrong, with the action under way. */
export class Watch {
  readonly faults: Fault[] = [];
  /** What took the time of slow frames, by action. */
  readonly slow = new Map<number, string>();
  action = 0;

  constructor(private readonly limits = usual) {}

  private add(fault: string): void {
    if (!this.faults.some((known) => known.words === fault)) this.faults.push({ words: fault, action: this.action });
  }

  private take(report: Report): void {
    if (report.kind === 'policy') this.add(words.policy(report.directive, report.uri));
    else {
      const longest = [...report.scripts].sort((one, other) => other.ms - one.ms).slice(0, 3);
      this.slow.set(this.action, longest.map(({ invoker, ms }) => `${invoker}: ${Math.round(ms)} ms`).join(', '));
    }
  }

  /** Listens to everything that pages of a browser context say. */
  async listen(context: BrowserContext, page: Page): Promise<void> {
    await context.exposeBinding('fuzzReport', (_, report: Report) => this.take(report));
    await context.addInitScript((slowMs) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective: directive, blockedURI: uri }) =>
        window.fuzzReport({ kind: 'policy', directive, uri }),
      );
      new PerformanceObserver((list) => {
        for (const { duration, scripts } of list.getEntries() as FrameTiming[]) {
          if (duration < slowMs) continue;
          window.fuzzReport({
            kind: 'slow',
            scripts: scripts.map(({ invoker, sourceFunctionName, duration: ms }) => ({
              invoker: `${invoker} ${sourceFunctionName}`.trim(),
              ms,
            })),
          });
        }
      }).observe({ type: 'long-animation-frame', buffered: true });
    }, SLOW_MS);
    // Not every error event of the window: browsers send one, too, where an observer of sizes hears of some only at the next frame.
    page.on('pageerror', (error) => this.add(words.error(error.stack ?? error.message)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.add(words.console(`${message.text()} ${message.location().url}`));
    });
    page.on('crash', () => this.add(words.crash));
    page.on('dialog', (dialog) => dialog.dismiss().catch(() => undefined));
    page.on('download', (download) => download.cancel().catch(() => undefined));
    context.on('page', async (other) => {
      if (other === page) return;
      await other.close().catch(() => undefined);
      await page.bringToFront().catch(() => undefined);
    });
  }

  /** Looks whether there is a page to be seen. */
  async look(page: Page): Promise<void> {
    const waitFor = (isThere: () => boolean) =>
      page.waitForFunction(isThere, null, { timeout: this.limits.drawn, polling: POLL_MS }).then(
        () => true,
        () => false,
      );
    const isDrawn =
      (await waitFor(() => document.readyState === 'complete')) &&
      (await waitFor(() =>
        [...document.querySelectorAll('main, h1, h2, .failure-page')].some((element) => element.checkVisibility()),
      ));
    if (!isDrawn) this.add(words.blank);
    else if ((await page.locator('.failure-page').count()) > 0) this.add(words.failed);
  }

  /**
   * Ends with what is done in time, and otherwise with whether the page still answers: input into a page that is just being left may never be
   * acknowledged. A page that does not is a fault.
   */
  async within(seconds: number, done: Promise<unknown>, ask: () => Promise<unknown>): Promise<boolean> {
    const isAnswering = (await isDone(seconds, done)) || (await isDone(seconds, ask()));
    if (!isAnswering) this.add(words.silent(2 * seconds));
    return isAnswering;
  }

  /** Takes in what was recorded of the main threads. @returns the longest task in milliseconds */
  judge(tasks: readonly BusyTask[]): number {
    for (const { ms, action } of tasks.filter((task) => task.ms > this.limits.busy)) {
      this.faults.push({ words: words.busy(ms, this.slow.get(action) ?? this.slow.get(action + 1) ?? ''), action });
    }
    return Math.max(0, ...tasks.map(({ ms }) => ms));
  }
}

const POLL_MS = 100;

async function isDone(seconds: number, what: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000, false);
  });
  const isInTime = await Promise.race([what.then(() => true), late]);
  clearTimeout(timer);
  return isInTime;
}
