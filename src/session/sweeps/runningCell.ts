import { formatLink } from '../../experiment/link.ts';
import type { Cell } from '../../experiment/sweep/cells.ts';
import type { MeasurementRecord, Overflow } from '../../records/records.ts';
import type { EngineInfo } from '../worker/protocol.ts';
import { type CellEvaluation, cellKey, type FinishedCell } from './finishedCell.ts';
import { type Done, Timer, workOf } from './pace.ts';
import type { CellState } from './state.ts';

/** The cell that is being trained: what has been measured of it so far. */
export class RunningCell {
  readonly timer: Timer;
  readonly #evaluations = new Map<number, CellEvaluation>();
  #step = 0;
  #overflow: Overflow | null = null;

  /** @param now a clock in milliseconds */
  constructor(
    readonly cell: Cell,
    now: () => number,
  ) {
    this.timer = new Timer(now);
  }

  add(records: readonly MeasurementRecord[]): void {
    for (const record of records) {
      if (record.type === 'step') {
        this.#step = record.step;
        this.#overflow = record.overflow;
      } else {
        const { step, trainError, testError } = record;
        this.#evaluations.set(step, { step, trainError, testError });
      }
    }
  }

  get done(): Done {
    return { work: (workOf(this.cell) * this.#step) / this.cell.experiment.training.steps, ms: this.timer.ms };
  }

  get state(): CellState {
    return { kind: 'running', step: this.#step, evaluations: this.#inOrder };
  }

  finished(engine: EngineInfo, data: string): FinishedCell {
    return {
      key: cellKey(this.cell.experiment, engine, data),
      link: formatLink(this.cell.experiment),
      engine,
      steps: this.#step,
      evaluations: this.#inOrder,
      divergedAt: this.#overflow ? this.#step : null,
      seconds: this.timer.ms / 1000,
      finishedAt: new Date().toISOString(),
    };
  }

  /** Those that had to wait for their images arrive late. */
  get #inOrder(): CellEvaluation[] {
    return [...this.#evaluations.values()].sort((one, other) => one.step - other.step);
  }
}
