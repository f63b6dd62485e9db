/**
 * How far a sweep is: what has been measured of the cell in progress, and how long the cells that are left will take. Cells differ
 * in depth and width, so time is estimated by arithmetic: what was trained so far tells the milliseconds of one floating-point operation.
 */
import { evaluationImages } from '../../data/evaluationSample.ts';
import { type Experiment, networkIds } from '../../experiment/experiment.ts';
import { evaluationsAfter } from '../../experiment/schedule.ts';
import type { Cell } from '../../experiment/sweep/cells.ts';
import { buildGraph } from '../../network/build.ts';
import { costOf } from '../../network/cost.ts';
import type { MeasurementRecord, Overflow } from '../../records/records.ts';
import type { ErrorsAt, NetworkRun } from '../runs.ts';
import type { EngineInfo, Speed } from '../worker/protocol.ts';

/** Images seen by one evaluation: training and test errors, and the calibration of batch norm with half as many. */
const IMAGES_PER_EVALUATION = 2.5 * evaluationImages;

/** Of each of the two kinds of work in a run: an engine has a pace of its own for either. */
export interface Amounts {
  readonly training: number;
  readonly evaluation: number;
}

const kinds = ['training', 'evaluation'] as const satisfies readonly (keyof Amounts)[];

const none: Amounts = { training: 0, evaluation: 0 };

function each(of: (kind: keyof Amounts) => number): Amounts {
  return { training: of('training'), evaluation: of('evaluation') };
}

/** Graphs take a moment to build, and the time left is told many times a second. */
const known = new WeakMap<Experiment, Amounts>();

/** Floating-point operations of a run, from its first evaluation to its last. */
export function workOf({ experiment }: Pick<Cell, 'experiment'>): Amounts {
  const work = known.get(experiment) ?? computeWork(experiment);
  known.set(experiment, work);
  return work;
}

function computeWork({ networks, training }: Experiment): Amounts {
  const costs = networks.map((network) => costOf(buildGraph(network, training)));
  const sum = (flops: readonly number[]) => flops.reduce((all, one) => all + one, 0);
  return {
    training: sum(costs.map(({ trainingFlops }) => trainingFlops)) * training.batch * training.steps,
    evaluation:
      sum(costs.map(({ forwardFlops }) => forwardFlops)) * IMAGES_PER_EVALUATION * evaluationsOf(training.steps),
  };
}

/** Evaluations in a run of so many steps, the one before its first step included. */
export function evaluationsOf(steps: number): number {
  return 1 + evaluationsAfter(0, steps);
}

/** What was done, and how long each kind of it took. */
export interface Done {
  readonly work: Amounts;
  readonly ms: Amounts;
}

export const nothingDone: Done = { work: none, ms: none };

/** The work of several cells. */
export function total(works: readonly Amounts[]): Amounts {
  return each((kind) => works.reduce((sum, work) => sum + work[kind], 0));
}

/** Runs that took so many seconds altogether: their training and their evaluations are taken to be of one pace. */
export function doneIn(runs: readonly { readonly experiment: Experiment; readonly seconds: number }[]): Done {
  const work = total(runs.map(workOf));
  const ms = 1000 * runs.reduce((sum, { seconds }) => sum + seconds, 0);
  return { work, ms: each((kind) => (ms * work[kind]) / (work.training + work.evaluation)) };
}

/** A step and an evaluation of an experiment that trains so fast; before its first evaluation, that is taken to be of the steps' pace. */
export function doneAt(experiment: Experiment, { msPerStep, msPerEvaluation }: Speed): Done {
  const run = workOf({ experiment });
  const { steps } = experiment.training;
  const work = { training: run.training / steps, evaluation: run.evaluation / evaluationsOf(steps) };
  const evaluation = msPerEvaluation ?? (msPerStep * work.evaluation) / work.training;
  return { work, ms: { training: msPerStep, evaluation } };
}

/** Measures the pace while cells are trained. */
export class Pace {
  private done = nothingDone;
  private supposed = nothingDone;

  /** Before any cell has been trained, what others have taken is what there is to estimate from. */
  suppose(others: Done): void {
    this.supposed = others;
  }

  add({ work, ms }: Done): void {
    this.done = { work: total([this.done.work, work]), ms: total([this.done.ms, ms]) };
  }

  /**
   * Milliseconds for what is left of some work; null before any of the kind was done, or supposed.
   *
   * @param work with what is in progress
   * @param inProgress what has been done of it since the last cell was finished
   */
  estimate(work: Amounts, inProgress: Done): number | null {
    const measured = total([this.done.work, inProgress.work]);
    const isMeasured = kinds.some((kind) => measured[kind] > 0);
    const done = isMeasured ? measured : this.supposed.work;
    const ms = isMeasured ? total([this.done.ms, inProgress.ms]) : this.supposed.ms;
    let left = 0;
    for (const kind of kinds) {
      const rest = work[kind] - inProgress.work[kind];
      if (rest <= 0) continue;
      if (done[kind] === 0) return null;
      left += (rest / done[kind]) * ms[kind];
    }
    return left;
  }
}

/** Time that passes while it runs. */
export class Timer {
  private elapsed = 0;
  private since: number | null = null;

  constructor(readonly now: () => number) {}

  get ms(): number {
    return this.elapsed + (this.since === null ? 0 : this.now() - this.since);
  }

  start(): void {
    this.since ??= this.now();
  }

  stop(): void {
    this.elapsed = this.ms;
    this.since = null;
  }
}

/** A cell that is being trained: what has been measured of it so far. */
class RunningCell {
  private readonly evaluations = new Map<number, ErrorsAt>();
  private step = 0;
  private overflow: Overflow | null = null;

  constructor(readonly cell: Cell) {}

  add(record: MeasurementRecord): void {
    if (record.type === 'step') {
      this.step = record.step;
      this.overflow = record.overflow;
    } else if (record.type === 'evaluation') {
      const { step, trainError, testError } = record;
      this.evaluations.set(step, { step, trainError, testError });
    }
  }

  /** How much of the cell's steps and evaluations is done. */
  get share(): Amounts {
    const { steps } = this.cell.experiment.training;
    return { training: this.step / steps, evaluation: this.evaluations.size / evaluationsOf(steps) };
  }

  /** @param engine that trains it */
  run(engine: EngineInfo | null): NetworkRun {
    return {
      experiment: this.cell.experiment,
      engine,
      steps: this.step,
      // Those that had to wait for their images arrive late.
      evaluations: [...this.evaluations.values()].sort((one, other) => one.step - other.step),
      divergedAt: this.overflow ? this.step : null,
      isFinished: false,
      isRepeatable: true,
    };
  }
}

/** The cells that are being trained: one, or some that differ in their seeds, step by step together. */
export class RunningCells {
  readonly timer: Timer;
  private readonly running: readonly RunningCell[];
  private readonly left = new Set<RunningCell>();
  private speed: Speed | null = null;

  /** @param now a clock in milliseconds */
  constructor(
    readonly cells: readonly [Cell, ...Cell[]],
    now: () => number,
  ) {
    this.timer = new Timer(now);
    this.running = cells.map((cell) => new RunningCell(cell));
  }

  /** @param records of the cells' networks, in their order; @param speed of all cells so far; null where they have none yet */
  add(records: readonly MeasurementRecord[], speed: Speed | null): void {
    this.speed = speed ?? this.speed;
    for (const record of records) this.running[networkIds.indexOf(record.network)]?.add(record);
  }

  /** What of a cell is measured is not wanted any more. @returns whether others' still is */
  leave(cell: Cell): boolean {
    for (const each of this.running) if (each.cell === cell) this.left.add(each);
    return this.wanted.length > 0;
  }

  /** Those that nobody has given up. */
  get wanted(): readonly RunningCell[] {
    return this.running.filter((each) => !this.left.has(each));
  }

  /** Seconds that each cell has taken of those that all have. */
  get secondsOfEach(): number {
    return this.timer.ms / 1000 / this.running.length;
  }

  get done(): Done {
    if (!this.speed) return nothingDone;
    const { msPerStep, msPerEvaluation } = this.speed;
    const { steps } = this.cells[0].experiment.training;
    const counted = (share: Amounts) => (msPerEvaluation === null ? { ...share, evaluation: 0 } : share);
    const shares = this.running.map(({ share }) => counted(share));
    const work = total(
      this.running.map(({ cell }, i) => each((kind) => workOf(cell)[kind] * (shares[i]?.[kind] ?? 0))),
    );
    const most = each((kind) => Math.max(...shares.map((share) => share[kind])));
    const ms = {
      training: most.training * steps * msPerStep,
      evaluation: most.evaluation * evaluationsOf(steps) * (msPerEvaluation ?? 0),
    };
    return { work, ms };
  }
}
