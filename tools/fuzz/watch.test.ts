import { describe, expect, it } from 'vitest';
import { busiestTasks, Watch } from './watch.ts';

/** Microseconds of a second of the trace's clock, and of processor time. */
const task = (ts: number, dur: number, tdur?: number, pid = 1) => ({
  name: 'ThreadControllerImpl::RunTask',
  ...{ pid, tid: 1, ts, dur, ...(tdur !== undefined && { tdur }) },
});
const mark = (ts: number, action: number, pid = 1) => ({ name: `fuzz ${action}`, pid, tid: 1, ts });
const page = (pid: number) => ({ name: 'thread_name', pid, tid: 1, args: { name: 'CrRendererMain' } });

describe('the longest tasks of a visit', () => {
  it('are told by the processor time of every page’s main thread, under the action that they followed', () => {
    const traceEvents = [
      page(1),
      page(2),
      task(30, 900_000, 20_000),
      mark(20, 1),
      task(25, 40_000, 1_200_000),
      task(10, 5000, 4000),
      mark(5, 1, 2),
      task(6, 2_000_000, 30_000, 2),
      // Of another process.
      task(26, 9_000_000, 9_000_000, 3),
      mark(40, 2),
      task(50, 9000, 8000),
    ];
    expect(busiestTasks({ traceEvents }).toSorted((one, other) => one.action - other.action)).toEqual([
      { action: 0, ms: 4 },
      { action: 1, ms: 1200 },
      { action: 2, ms: 8 },
    ]);
  });

  it('are not made up where the browser tells no processor times', () => {
    expect(() => busiestTasks({ traceEvents: [page(1), task(1, 2_000_000)] })).toThrow(/processor times/);
  });

  it('are faults from a second on', () => {
    const watch = new Watch();
    watch.slow.set(4, 'click: 1200 ms');
    expect(
      watch.judge([
        { action: 3, ms: 1000 },
        { action: 4, ms: 1300 },
      ]),
    ).toBe(1300);
    expect(watch.faults).toEqual([{ action: 4, words: 'the main thread was busy for 1,300 ms (click: 1200 ms)' }]);
  });
});

describe('a page that does not answer', () => {
  it('is a fault; one that does is none', async () => {
    const watch = new Watch();
    const never = () => new Promise(() => undefined);
    expect(await watch.within(60, Promise.resolve(), never)).toBe(true);
    expect(await watch.within(0, never(), async () => 'here')).toBe(true);
    expect(watch.faults).toEqual([]);
    watch.action = 7;
    expect(await watch.within(0, never(), never)).toBe(false);
    expect(watch.faults).toEqual([{ action: 7, words: 'the page has not answered for 0 seconds' }]);
  });
});
