/**
 * The page's main thread in a trace of Chromium: how long it computes in a row. A task's duration on the clock grows with
 * whatever else the machine is doing; the processor time that the thread itself took does not.
 */
import type { Browser, Page } from '@playwright/test';

/** In milliseconds of processor time. */
export interface MainThread {
  /** The longest task. */
  readonly longest: number;
  /** Of all tasks together, for each frame. */
  readonly perFrame: number;
}

/** An event of a trace; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const TASK = 'ThreadControllerImpl::RunTask';

/** Processor times of the tasks of the busiest page, in milliseconds. */
export function taskTimes({ traceEvents }: { readonly traceEvents: readonly TraceEvent[] }): readonly number[] {
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const times = threads.map(({ pid, tid }) =>
    traceEvents
      .filter((event) => event.name === TASK && event.pid === pid && event.tid === tid)
      .map(({ tdur = 0 }) => tdur / 1000),
  );
  const total = (all: readonly number[]) => all.reduce((sum, time) => sum + time, 0);
  return times.sort((one, other) => total(other) - total(one))[0] ?? [];
}

/** Starts to record what threads do. */
export function startTrace(browser: Browser, page: Page): Promise<void> {
  return browser.startTracing(page, { categories: ['toplevel'] });
}

/** Ends the recording. @param frames drawn meanwhile */
export async function readTrace(browser: Browser, frames: number): Promise<MainThread> {
  const times = taskTimes(JSON.parse((await browser.stopTracing()).toString()));
  const total = times.reduce((sum, time) => sum + time, 0);
  return { longest: Math.round(Math.max(0, ...times)), perFrame: Math.round((10 * total) / frames) / 10 };
}
