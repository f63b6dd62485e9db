/** One visit of the fuzzer: a browser without a memory, and as many actions as asked for or until the first fault. */
import { type Browser, errors, type Page } from '@playwright/test';
import type { Trace } from '../bench/mainThread.ts';
import { type Action, drawAction, opening } from './actions.ts';
import { busiestTasks, type Fault, type Limits, markAction, startWatchingTasks, Watch } from './watch.ts';
import type { VisitFigures } from './words.ts';

export interface VisitRequest {
  readonly seed: number;
  readonly actions: number;
  /** By the clock of `performance.now()`; a visit that is under way then ends. */
  readonly until: number;
  /** Told of each action before it is made. */
  readonly onAction: (index: number, words: string) => void;
  /** Where others than the usual ones are wanted. */
  readonly limits?: Limits;
}

export interface Visit extends VisitFigures {
  readonly faults: readonly Fault[];
  /** What was done, in words; the opening first. */
  readonly done: readonly string[];
}

/** A page that answers nothing for twice so long hangs, however busy the machine is. */
const MOST_SECONDS = 45;

/** Playwright's own words for a page that went away under an evaluation: another action of the visit has led elsewhere. */
function isElsewhere(error: unknown): boolean {
  if (error instanceof errors.TimeoutError) return true;
  const said = error instanceof Error ? error.message : '';
  return /context was destroyed|navigat|frame was detached|has been closed|ERR_ABORTED|Target crashed|Page crashed/i.test(
    said,
  );
}

/** A page behind another tab draws no frames. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
        setTimeout(resolve, 1000);
      }),
  );
}

/** Makes an action, and waits until the page has drawn what came of it. */
async function act(
  page: Page,
  watch: Watch,
  action: () => Promise<Action>,
  tell: (words: string) => void,
): Promise<void> {
  try {
    const { words, make } = await action();
    tell(words);
    await make();
    await settled(page);
  } catch (error) {
    if (!isElsewhere(error)) throw error;
  }
  await watch.look(page);
}

/** Visits the page once. @param url of the lab */
export async function visit(browser: Browser, url: string, request: VisitRequest): Promise<Visit> {
  const { seed, actions, until, onAction, limits } = request;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const watch = new Watch(limits);
  const done: string[] = [];
  await watch.listen(context, page);
  await startWatchingTasks(browser, page);
  let isAnswering = true;
  for (let index = 0; index <= actions && watch.faults.length === 0 && isAnswering; index++) {
    if (index > 0 && performance.now() > until) break;
    watch.action = index;
    const tell = (words: string) => {
      done.push(words);
      onAction(index, words);
    };
    const next = async () => (index === 0 ? opening(page, seed, url) : drawAction(page, { seed, index }));
    const making = async () => {
      await markAction(page, index).catch(() => undefined);
      await act(page, watch, next, tell);
    };
    isAnswering = await watch.within(MOST_SECONDS, making(), () =>
      page.evaluate(() => document.readyState).catch(() => undefined),
    );
  }
  const trace: Trace = JSON.parse((await browser.stopTracing()).toString());
  const longest = watch.judge(busiestTasks(trace));
  // What still comes of a page that hangs is no other fault.
  const faults = [...watch.faults];
  await Promise.race([context.close(), new Promise((resolve) => setTimeout(resolve, 1000 * MOST_SECONDS))]);
  return { seed, actions: done.length - 1, longest, faults, done };
}
