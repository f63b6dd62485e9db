import { describe, expect, it } from 'vitest';
import { BusyTime, type EventLoop } from './busyTime.ts';

/** An event loop whose clock and tasks the test moves. */
class Loop implements EventLoop {
  time = 0;
  readonly tasks: (() => void)[] = [];
  now = () => this.time;
  afterThisTask = (callback: () => void) => void this.tasks.push(callback);
  work(ms: number) {
    this.time += ms;
  }
  /** The task ends; the next ones are those that were waiting. */
  nextTask() {
    for (const task of this.tasks.splice(0)) task();
  }
}

describe('the time a step keeps its thread busy', () => {
  it('is that of its tasks, without the waiting between them', () => {
    const loop = new Loop();
    const busy = new BusyTime(loop);
    busy.enter();
    loop.work(3);
    loop.nextTask();
    loop.work(100);
    busy.enter();
    loop.work(2);
    expect(busy.take()).toBe(5);
  });

  it('counts a task once, however many promises are kept in it', () => {
    const loop = new Loop();
    const busy = new BusyTime(loop);
    busy.enter();
    loop.work(1);
    busy.enter();
    loop.work(1);
    loop.nextTask();
    loop.work(50);
    expect(busy.take()).toBe(2);
  });

  it('is forgotten once it was asked for, and an old task does not end a new one', () => {
    const loop = new Loop();
    const busy = new BusyTime(loop);
    busy.enter();
    loop.work(4);
    expect(busy.take()).toBe(4);
    busy.enter();
    loop.work(1);
    loop.tasks.shift()?.();
    loop.work(1);
    expect(busy.take()).toBe(2);
  });
});
