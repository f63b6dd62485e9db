/**
 * How long a step keeps its thread busy. A step runs in several tasks of the event loop: the call
 * itself, and what goes on when a promise of the GPU that it waits for is kept. Each is a span from
 * when its JavaScript begins to when the event loop comes to the next task, promise reactions
 * included. A library that computes on the CPU in its caller's thread is busy throughout.
 */

/** The part of the event loop that is needed; a test brings its own. */
export interface EventLoop {
  now(): number;
  /** Calls back in a task of its own, ahead of other tasks. */
  afterThisTask(callback: () => void): void;
}

const realLoop: EventLoop = {
  now: () => performance.now(),
  // Unlike a timer it is never delayed, and unlike a message it does not pass through another thread.
  afterThisTask: (callback) => void scheduler.postTask(callback, { priority: 'user-blocking' }),
};

export class BusyTime {
  private busy = 0;
  private since: number | null = null;
  private spans = 0;

  constructor(readonly loop: EventLoop = realLoop) {}

  /** A span begins, unless one is under way. It ends with the task. */
  enter(): void {
    if (this.since !== null) return;
    this.since = this.loop.now();
    const span = ++this.spans;
    this.loop.afterThisTask(() => {
      if (span === this.spans) this.leave();
    });
  }

  /** Ends a span that is under way. @returns milliseconds since it was last asked */
  take(): number {
    this.leave();
    const busy = this.busy;
    this.busy = 0;
    return busy;
  }

  private leave(): void {
    if (this.since === null) return;
    this.busy += this.loop.now() - this.since;
    this.since = null;
  }
}
