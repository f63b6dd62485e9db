import type { Cell } from '../../experiment/sweep/cells.ts';
import type { MeasurementRecord, Overflow } from '../../records/records.ts';
import type { ErrorsAt, NetworkRun } from '../runs.ts';
import type { EngineInfo, Speed } from '../worker/protocol.ts';
import { type Done, evaluationsOf, nothingDone, Timer, workOf } from './pace.ts';

/** The cell that is being trained: what has been measured of it so far. */
export class RunningCell {
  readonly timer: Timer;
  readonly #evaluations = new Map<number, ErrorsAt>();
  #step = 0;
  #overflow: Overflow | null = null;
  #speed: Speed | null = null;

  /** @param now a clock in milliseconds */
  constructor(
    readonly cell: Cell,
    now: () => number,
  ) {
    this.timer = new Timer(now);
  }

  /** @param speed of the cell so far; null where it has none yet */
  add(records: readonly MeasurementRecord[], speed: Speed | null): void {
    this.#speed = speed ?? this.#speed;
    for (const record of records) {
      if (record.type === 'step') {
        this.#step = record.step;
        this.#overflow = record.overflow;
      } else if (record.type === 'evaluation') {
        const { step, trainError, testError } = record;
        this.#evaluations.set(step, { step, trainError, testError });
      }
    }
  }

  get done(): Done {
    if (!this.#speed) return nothingDone;
    const { steps } = this.cell.experiment.training;
    const work = workOf(this.cell);
    const { msPerStep, msPerEvaluation } = this.#speed;
    const evaluations = msPerEvaluation === null ? 0 : this.#evaluations.size;
    return {
      work: {
        training: (work.training * this.#step) / steps,
        evaluation: (work.evaluation * evaluations) / evaluationsOf(steps),
      },
      ms: { training: this.#step * msPerStep, evaluation: evaluations * (msPerEvaluation ?? 0) },
    };
  }

  /** @param engine that trains it */
  run(engine: EngineInfo | null): NetworkRun {
    return {
      experiment: this.cell.experiment,
      engine,
      steps: this.#step,
      // Those that had to wait for their images arrive late.
      evaluations: [...this.#evaluations.values()].sort((one, other) => one.step - other.step),
      divergedAt: this.#overflow ? this.#step : null,
      isFinished: false,
      isRepeatable: true,
    };
  }
}
