/** Examinations of the networks of a run: one after the other, between two steps, until somebody ends them. */
import { EngineRefusal } from '../engine/engine.ts';
import { examined } from '../examinations/examine.ts';
import type { Subject } from '../examinations/subject.ts';
import { type Examination, pausesTraining } from '../measurements/reports/kinds.ts';
import type { NetworkId } from '../spec/experiment.ts';
import { type Problem, ProblemError, problem } from '../spec/problem.ts';
import { breathe } from './breathe.ts';
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
  /** Whether somebody wants to train. */
  readonly isPlaying: () => boolean;
}

export class Examining {
  readonly #options: ExaminingOptions;
  #stopped = new AbortController();

  constructor(options: ExaminingOptions) {
    this.#options = options;
  }

  /** Aborted when what is asked for now is not wanted any more. */
  get signal(): AbortSignal {
    return this.#stopped.signal;
  }

  stop(): void {
    this.#stopped.abort();
    this.#stopped = new AbortController();
  }

  /**
   * Examines one network and tells what is found.
   * @param signal as it was when this was asked for
   */
  async perform(network: NetworkId, subject: Subject, asked: Examination, signal: AbortSignal): Promise<void> {
    const { run, emit, isPlaying } = this.#options;
    const isWanted = () => !signal.aborted && !(pausesTraining[asked.kind] && isPlaying());
    if (!isWanted()) return;
    try {
      for await (const each of examined(subject, asked)) {
        emit({ type: 'examined', run, network, examined: each });
        await breathe();
        if (!isWanted()) return;
      }
    } catch (error) {
      const refused = problemOf(error);
      if (!refused) throw error;
      emit({ type: 'notice', problem: refused });
    }
  }
}
