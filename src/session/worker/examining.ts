/** Examinations of the networks of a run, until they are over or somebody ends them. */
import { EngineRefusal } from '../../engine/engine.ts';
import type { NetworkId } from '../../experiment/experiment.ts';
import { type Problem, ProblemError, problem } from '../../experiment/problem.ts';
import {
  type Examination,
  type ExaminationHead,
  type ExaminationKind,
  type Examiners,
  examined,
  type Subject,
} from '../examination.ts';
import { breathe } from './jobs.ts';
import type { LabListener } from './protocol.ts';

/** Why an examination of a network cannot be made, where that says nothing about its training. */
function problemOf(error: unknown): Problem | null {
  if (error instanceof ProblemError) return error.problem;
  return error instanceof EngineRefusal ? problem('engine.refusedExamination', { reason: error.message }) : null;
}

export interface ExaminingOptions {
  /** The run that is examined. */
  readonly run: number;
  readonly emit: LabListener;
  readonly examiners: Examiners;
}

export class Examining {
  private readonly options: ExaminingOptions;
  /** By kind, for what has been asked for since that kind was stopped last. */
  private readonly stops = new Map<
    ExaminationKind,
    { readonly controller: AbortController; readonly pausesTraining: boolean }
  >();

  constructor(options: ExaminingOptions) {
    this.options = options;
  }

  /** Aborted when what is asked for now, of this kind, is not wanted any more. */
  signalOf({ kind, pausesTraining }: ExaminationHead<ExaminationKind>): AbortSignal {
    const stop = this.stops.get(kind) ?? { controller: new AbortController(), pausesTraining };
    this.stops.set(kind, stop);
    return stop.controller.signal;
  }

  stop(kind: ExaminationKind): void {
    this.stops.get(kind)?.controller.abort();
    this.stops.delete(kind);
  }

  stopAll(): void {
    for (const kind of this.stops.keys()) this.stop(kind);
  }

  /** Stops what training would have to wait for. */
  giveWay(): void {
    for (const [kind, { pausesTraining }] of this.stops) if (pausesTraining) this.stop(kind);
  }

  /**
   * Examines one network and tells what is found.
   * @param signal as it was when this was asked for
   */
  async perform(network: NetworkId, subject: Subject, asked: Examination, signal: AbortSignal): Promise<void> {
    const { run, emit, examiners } = this.options;
    if (signal.aborted) return;
    try {
      for await (const each of examined(examiners, subject, asked)) {
        emit({ type: 'examined', run, network, examined: each });
        await breathe();
        if (signal.aborted) return;
      }
    } catch (error) {
      const refused = problemOf(error);
      if (!refused) throw error;
      emit({ type: 'notice', problem: refused });
    }
  }
}
