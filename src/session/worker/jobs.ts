/** Turns in one thread: work that waits, gives way, and is done one job after the other. */
import { type Serial, serial } from '../../experiment/serial.ts';

/** Resolves when the promise does or when one of the signals is aborted; rejects only where the promise does first. */
export function settledOrAborted(promise: Promise<unknown>, ...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      for (const signal of signals) signal.removeEventListener('abort', finish);
    };
    const finish = () => {
      stop();
      resolve();
    };
    for (const signal of signals) signal.addEventListener('abort', finish);
    if (signals.some((signal) => signal.aborted)) finish();
    promise.then(finish, (error: unknown) => {
      stop();
      reject(error);
    });
  });
}

/**
 * Lets messages that have arrived be handled before the caller continues, so that a pause is
 * answered between two training steps. A message of our own queues behind them at once, where
 * `setTimeout` would add its minimum of four milliseconds to every step.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

export type Job = () => Promise<void>;

interface Waiting {
  readonly job: Job;
  /** Called once the job is done, has failed, or will never be done. */
  readonly over: () => void;
}

export interface JobsOptions {
  /** What must have ended before the first job. */
  readonly after: Promise<void>;
  /** Asked before each job: whether it is still to be done. */
  readonly areWanted: () => boolean;
  /** Told what a job throws. */
  readonly onError: (error: unknown) => void;
}

/**
 * Jobs, done one after the other. What is asked for while one is under way can be slipped in where that
 * job says so, so that somebody who asks for something small does not wait for the end of a long run.
 */
export class Jobs {
  private readonly options: JobsOptions;
  private readonly queue: Serial;
  private waiting: Waiting[] = [];
  private onSlippedIn: () => void = () => undefined;

  constructor(options: JobsOptions) {
    this.options = options;
    this.queue = serial(options.after);
  }

  /** Does a job after all others. */
  schedule(job: Job): void {
    const { areWanted, onError } = this.options;
    this.queue(() => (areWanted() ? job() : undefined)).catch(onError);
  }

  /**
   * Does a job when the job under way next calls `doWaiting`, or else after it.
   * @returns when it is over: done, failed, or never to be done
   */
  slipIn(job: Job): Promise<void> {
    if (!this.options.areWanted()) return Promise.resolve();
    return new Promise((over) => {
      this.waiting.push({ job, over });
      this.onSlippedIn();
      this.schedule(() => this.doWaiting());
    });
  }

  /** Resolves when something is slipped in, or has been; for a job under way that has nothing else to do. */
  untilSlippedIn(): Promise<void> {
    if (this.waiting.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.onSlippedIn = resolve;
    });
  }

  /** Does what was slipped in; for the job under way. */
  async doWaiting(): Promise<void> {
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      await next.job().finally(next.over);
    }
  }

  /** Forgets what was slipped in and has not begun. */
  drop(): void {
    for (const { over } of this.waiting.splice(0)) over();
  }

  /** Does something when no job runs any more, whether they are wanted or not. @returns when it is done */
  end(job: Job): Promise<void> {
    this.drop();
    return this.queue(job);
  }
}
