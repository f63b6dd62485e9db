import { median } from '../../records/summary.ts';
import type { Speed } from './protocol.ts';

/** Enough for a steady median, few enough to follow a change of the machine's load. */
const WINDOW = 101;
/** The first steps of a run compile kernels and fill caches. */
const WARM_UP = 3;

/** Of evaluations, which are few: as many as let one that took unusually long pass without a trace. */
const EVALUATION_WINDOW = 3;

/** Keeps the durations of the latest steps and evaluations. */
export class Stopwatch {
  private durations: number[] = [];
  private evaluations: readonly number[] = [];
  private steps = 0;

  /** @param milliseconds of one update of every network */
  add(milliseconds: number): void {
    this.steps++;
    if (this.steps === WARM_UP + 1) this.durations = [];
    this.durations.push(milliseconds);
    if (this.durations.length > WINDOW) this.durations.shift();
  }

  /** @param milliseconds of evaluating every network */
  addEvaluation(milliseconds: number): void {
    this.evaluations = [...this.evaluations, milliseconds].slice(-EVALUATION_WINDOW);
  }

  /** Null before the first step; of the first few steps only while there are no others. */
  get speed(): Speed | null {
    const msPerStep = median(this.durations);
    if (msPerStep === null) return null;
    return { msPerStep, stepsPerSecond: 1000 / msPerStep, msPerEvaluation: median(this.evaluations) };
  }
}
