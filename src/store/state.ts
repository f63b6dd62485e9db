/**
 * The state of the lab as the page sees it. One store, one direction: commands change it here, the
 * worker's records are appended to it, and everything drawn is computed from it.
 */
import type { FinishedRun } from '../measurements/finished.ts';
import type { Run } from '../measurements/run.ts';
import type { Experiment, NetworkId } from '../spec/experiment.ts';
import type { Problem } from '../spec/problem.ts';

export type { FinishedRun };

/** What the badge says: the engine that really computes. */
export interface EngineInfo {
  readonly engine: string;
  readonly backend: string;
  readonly device: string;
}

export type Status =
  /** The engine and the first images are on their way; `bytes` of `total` have arrived. */
  | { readonly kind: 'loading'; readonly bytes: number; readonly total: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'running' }
  | { readonly kind: 'paused' }
  /** All steps are done, or every network has stopped. */
  | { readonly kind: 'finished' }
  /** Nothing can run until the cause is removed; `retry` starts again. */
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface LabState {
  readonly experiment: Experiment;
  readonly status: Status;
  readonly engine: EngineInfo | null;
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
