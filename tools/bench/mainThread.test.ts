import { expect, test } from 'vitest';
import { mainThreadOf, tasksOf } from './mainThread.ts';

const thread = (pid: number, name: string) => ({ name: 'thread_name', pid, tid: 1, args: { name } });
const task = (pid: number, tdur: number) => ({
  name: 'ThreadControllerImpl::RunTask',
  pid,
  tid: 1,
  dur: 2 * tdur,
  tdur,
});

test('Tasks are those of the main thread of the page that is busiest, by their processor time', () => {
  const traceEvents = [
    task(2, 3000),
    task(3, 90_000),
    task(1, 2000),
    thread(1, 'CrRendererMain'),
    thread(2, 'CrRendererMain'),
    thread(3, 'Compositor'),
    task(2, 1500),
    { name: 'other', pid: 2, tid: 1, tdur: 70_000 },
  ];
  expect(tasksOf({ traceEvents })).toEqual([
    { ms: 6, computed: 3 },
    { ms: 3, computed: 1.5 },
  ]);
  expect(tasksOf({ traceEvents: [] })).toEqual([]);
});

test('A task that waited for a processor is long on the clock, and computed less', () => {
  const tasks = [
    { ms: 12, computed: 11 },
    { ms: 80.2, computed: 9 },
    { ms: 50, computed: 2.4 },
  ];
  expect(mainThreadOf(tasks)).toEqual({ longest: 11, total: 22, long: [{ ms: 80, computed: 9 }] });
});
