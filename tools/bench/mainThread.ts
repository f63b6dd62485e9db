/**
 * The page's main thread in a trace of Chromium: how long it computes in a row. A task's duration on the clock grows with
 * whatever else the machine is doing; the processor time that the thread itself took does not.
 */
import type { Browser, Page } from '@playwright/test';

/** A task in milliseconds: on the clock, and of processor time. */
export interface Task {
  readonly ms: number;
  readonly computed: number;
}

export interface MainThread {
  /** Processor time of the task that computed longest, in milliseconds. */
  readonly longest: number;
  /** Processor time of all tasks together, in milliseconds. */
  readonly total: number;
  /** Tasks of over 50 ms on the clock. */
  readonly long: readonly Task[];
}

/** An event of a trace; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  /** When it began, on a clock of the browser's own. */
  readonly ts?: number;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const TASK = 'ThreadControllerImpl::RunTask';
/** From here on browsers call a task long. */
const LONG_MS = 50;

export interface Trace {
  readonly traceEvents: readonly TraceEvent[];
}

/** What the main thread of each page did: its tasks among all other events of the thread. */
export function mainThreadEvents({ traceEvents }: Trace): readonly (readonly TraceEvent[])[] {
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  return threads.map(({ pid, tid }) => traceEvents.filter((event) => event.pid === pid && event.tid === tid));
}

export function isTask({ name }: TraceEvent): boolean {
  return name === TASK;
}

/** The tasks of the busiest page. */
export function tasksOf(trace: Trace): readonly Task[] {
  const tasks = mainThreadEvents(trace).map((events) =>
    events.filter(isTask).map(({ dur = 0, tdur = 0 }) => ({ ms: dur / 1000, computed: tdur / 1000 })),
  );
  return tasks.sort((one, other) => computedBy(other) - computedBy(one))[0] ?? [];
}

function computedBy(tasks: readonly Task[]): number {
  return tasks.reduce((sum, { computed }) => sum + computed, 0);
}

/** What tasks come to. */
export function mainThreadOf(tasks: readonly Task[]): MainThread {
  const rounded = ({ ms, computed }: Task): Task => ({ ms: Math.round(ms), computed: Math.round(computed) });
  return {
    longest: Math.round(Math.max(0, ...tasks.map(({ computed }) => computed))),
    total: Math.round(computedBy(tasks)),
    long: tasks.filter(({ ms }) => ms > LONG_MS).map(rounded),
  };
}

/** Starts to record what threads do. */
export function startTrace(browser: Browser, page: Page): Promise<void> {
  return browser.startTracing(page, { categories: ['toplevel'] });
}

/** Ends the recording. */
export async function readTrace(browser: Browser): Promise<MainThread> {
  return mainThreadOf(tasksOf(JSON.parse((await browser.stopTracing()).toString())));
}
