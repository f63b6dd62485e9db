/**
 * The training worker's side of the conversation: takes commands, trains, and tells what happens. It
 * knows no DOM and no worker, so tests run it in Node.
 */

import type { NetworkId } from '../../experiment/experiment.ts';
import type { Examination, ExaminationKind } from '../examination.ts';
import { LiveRun } from './liveRun.ts';
import type { Adjustment, LabListener, RunRequest, TrainingService } from './protocol.ts';
import { type ResourceOptions, Resources } from './resources.ts';

export class Session implements TrainingService {
  readonly #resources: Resources;
  #run: LiveRun | null = null;

  constructor(
    options: ResourceOptions,
    readonly emit: LabListener,
  ) {
    this.#resources = new Resources(options);
  }

  load(request: RunRequest): void {
    const after = this.#run?.abandon() ?? Promise.resolve();
    this.#run = new LiveRun({ request, resources: this.#resources, emit: this.emit, after });
  }

  play(): void {
    this.#run?.play();
  }

  pause(): void {
    this.#run?.pause();
  }

  step(): void {
    this.#run?.step();
  }

  adjust(changes: Adjustment): void {
    this.#run?.adjust(changes);
  }

  keep(network: NetworkId): void {
    this.#run?.keep(network);
  }

  examine(network: NetworkId, what: Examination): void {
    this.#run?.examine(network, what);
  }

  stopExamining(kind: ExaminationKind): void {
    this.#run?.stopExamining(kind);
  }

  retry(): void {
    this.#run?.retry();
  }

  /** Reports what went wrong outside of any job, for instance an unhandled rejection in the worker. */
  fail(error: unknown): void {
    this.#run?.fail(error);
  }
}
