import { median } from '../../records/summary.ts';
import type { Speed } from './protocol.ts';

/** Enough for a steady median, few enough to follow a change of the machine's load. */
const WINDOW = 101;
/** The first steps of a run compile kernels and fill caches. */
const WARM_UP = 3;

/** Keeps the durations of the latest steps. */
export class Stopwatch {
  #durations: number[] = [];
  #steps = 0;

  /** @param milliseconds of one update of every network */
  add(milliseconds: number): void {
    this.#steps++;
    if (this.#steps === WARM_UP + 1) this.#durations = [];
    this.#durations.push(milliseconds);
    if (this.#durations.length > WINDOW) this.#durations.shift();
  }

  /** Null before the first step; of the first few steps only while there are no others. */
  get speed(): Speed | null {
    const msPerStep = median(this.#durations);
    return msPerStep === null ? null : { msPerStep, stepsPerSecond: 1000 / msPerStep };
  }
}
