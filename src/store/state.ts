/**
 * The state of the lab as the page sees it. One store, one direction: commands change it here, the
 * worker's records are appended to it, and everything drawn is computed from it.
 */
import type { FinishedRun } from '../measurements/finished.ts';
import type { Run } from '../measurements/run.ts';
import type { Experiment, NetworkId } from '../spec/experiment.ts';
import type { Problem } from '../spec/problem.ts';
import type { EngineInfo, Status } from '../worker/protocol.ts';

export interface LabState {
  readonly experiment: Experiment;
  readonly status: Status;
  /** Null until one has started. */
  readonly engine: EngineInfo | null;
  /** Of all networks together; null while nothing trains. */
  readonly stepsPerSecond: number | null;
  /** Of the data that streams in behind a running experiment. */
  readonly dataProgress: { readonly bytes: number; readonly total: number };
  /** What has been recorded of each network; a new object after each batch of records. */
  readonly runs: Readonly<Partial<Record<NetworkId, Run>>>;
  readonly finished: readonly FinishedRun[];
  /** Step that the charts show; null follows the newest. */
  readonly viewStep: number | null;
  /** Sentences to show, newest last, for instance what was ignored in a link or what an edit reset. */
  readonly notices: readonly { readonly id: number; readonly problem: Problem }[];
}
