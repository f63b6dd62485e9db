import { expect, test } from 'vitest';
import { taskTimes } from './mainThread.ts';

const thread = (pid: number, name: string) => ({ name: 'thread_name', pid, tid: 1, args: { name } });
const task = (pid: number, tdur: number) => ({ name: 'ThreadControllerImpl::RunTask', pid, tid: 1, tdur });

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
  expect(taskTimes({ traceEvents })).toEqual([3, 1.5]);
  expect(taskTimes({ traceEvents: [] })).toEqual([]);
});
