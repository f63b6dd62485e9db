/**
 * How long the cells that are left will take. Cells differ in depth and width, so time is estimated by arithmetic:
 * what was trained so far tells the milliseconds of one floating-point operation.
 */
import { evaluationImages } from '../../data/evaluationSample.ts';
import type { Cell } from '../../experiment/sweep/cells.ts';
import { buildGraph } from '../../network/build.ts';
import { costOf } from '../../network/cost.ts';

/** Evaluations in a run, the one before its first step included. */
const EVALUATIONS = 11;
/** Images seen by one: training and test errors, and the calibration of batch norm with half as many. */
const IMAGES_PER_EVALUATION = 2.5 * evaluationImages;

/** Graphs take a moment to build, and the time left is told many times a second. */
const known = new WeakMap<Cell, number>();

/** Floating-point operations of a cell, from its first step to its last evaluation. */
export function workOf(cell: Cell): number {
  const work = known.get(cell) ?? computeWork(cell);
  known.set(cell, work);
  return work;
}

function computeWork({ experiment: { networks, training } }: Cell): number {
  return networks.reduce((sum, network) => {
    const { trainingFlops, forwardFlops } = costOf(buildGraph(network, training.size));
    const steps = trainingFlops * training.batch * training.steps;
    return sum + steps + forwardFlops * IMAGES_PER_EVALUATION * Math.min(EVALUATIONS, training.steps + 1);
  }, 0);
}

/** What was done, and how long it took, pauses left out. */
export interface Done {
  readonly work: number;
  readonly ms: number;
}

/** Measures the pace while cells are trained. */
export class Pace {
  #done: Done = { work: 0, ms: 0 };

  add({ work, ms }: Done): void {
    this.#done = { work: this.#done.work + work, ms: this.#done.ms + ms };
  }

  /**
   * Milliseconds for more work of the kind; null before any was done.
   *
   * @param inProgress what has been done besides
   */
  estimate(work: number, inProgress: Done): number | null {
    const done = this.#done.work + inProgress.work;
    if (work === 0) return 0;
    return done > 0 ? (work / done) * (this.#done.ms + inProgress.ms) : null;
  }
}

/** Time that passes while it runs. */
export class Timer {
  #elapsed = 0;
  #since: number | null = null;

  constructor(readonly now: () => number) {}

  get ms(): number {
    return this.#elapsed + (this.#since === null ? 0 : this.now() - this.#since);
  }

  start(): void {
    this.#since ??= this.now();
  }

  stop(): void {
    this.#elapsed = this.ms;
    this.#since = null;
  }
}
