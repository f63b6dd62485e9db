import { median } from '../measurements/summary.ts';
import type { Speed } from './protocol.ts';

/** Enough for a steady median, few enough to follow a change of the machine's load. */
const WINDOW = 101;

/** Keeps the durations of the latest steps. */
export class Stopwatch {
  #durations: number[] = [];

  /** @param milliseconds of one update of every network */
  add(milliseconds: number): void {
    this.#durations.push(milliseconds);
    if (this.#durations.length > WINDOW) this.#durations.shift();
  }

  /** Null before the first step. */
  get speed(): Speed | null {
    const msPerStep = median(this.#durations);
    return msPerStep === null ? null : { msPerStep, stepsPerSecond: 1000 / msPerStep };
  }
}
