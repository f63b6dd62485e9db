/**
 * The state of the lab as the page sees it. One store, one direction: commands change it here, the
 * worker's records are appended to it, and everything drawn is computed from it.
 */
import { type Experiment, type NetworkId, networkIds } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/problem.ts';
import type { GraftReport } from '../../records/graft.ts';
import type { Run } from '../../records/run.ts';
import type { ExaminationKind, Reports } from '../examination.ts';
import { type NetworkRun, wasAdjusted } from '../runs.ts';
import type { EngineInfo, LabEvent, RunRequest, Speed, Status } from '../worker/protocol.ts';

export interface LabState {
  readonly experiment: Experiment;
  readonly status: Status;
  /** Training has been asked for and not ended: while networks are built, it begins as soon as they are ready. */
  readonly isPlaying: boolean;
  /** Null until one has started. */
  readonly engine: EngineInfo | null;
  /** Of all networks together; null while nothing trains. */
  readonly speed: Speed | null;
  /** The latest speed, and what was trained; null where this engine has trained nothing yet. */
  readonly lastSpeed: { readonly experiment: Experiment; readonly speed: Speed } | null;
  /** What the images are of; null until their table of contents has arrived. */
  readonly dataSet: Extract<LabEvent, { type: 'dataSet' }>['dataSet'] | null;
  /** Of the data that streams in behind a running experiment. */
  readonly dataProgress: { readonly bytes: number; readonly total: number };
  /** What has been recorded of each network; a new object after each batch of records. */
  readonly runs: Readonly<Partial<Record<NetworkId, Run>>>;
  /** Those of this visit that have ended. */
  readonly finished: readonly NetworkRun[];
  /** What the networks were grafted onto; null where they start from scratch. */
  readonly base: NonNullable<RunRequest['base']> | null;
  /** What the grafting changed; null until it has been measured. */
  readonly graft: GraftReport | null;
  /** What examinations of the run have found. */
  readonly reports: Reports;
  /** Examinations that have been asked for, and are not over; the first is being made. */
  readonly examining: readonly { readonly network: NetworkId; readonly kind: ExaminationKind }[];
  /** Step that the charts show; null follows the newest. */
  readonly viewStep: number | null;
  /** Sentences to show, newest last, for instance what was ignored in a link or what an edit reset. */
  readonly notices: readonly { readonly id: number; readonly problem: Problem }[];
}

/** The runs of the lab's networks as far as they have come, in their order. */
export function runsOf(state: Pick<LabState, 'experiment' | 'engine' | 'base' | 'runs' | 'status'>): NetworkRun[] {
  const { experiment, engine, base, runs, status } = state;
  const { networks, training } = experiment;
  return networkIds.flatMap((id, index) => {
    const [network, run] = [networks[index], runs[id]];
    if (!network || !run) return [];
    return {
      experiment: { networks: [network], training },
      engine,
      steps: run.steps,
      evaluations: run.evaluations.map(({ step, trainError, testError }) => ({ step, trainError, testError })),
      divergedAt: run.overflow?.step ?? null,
      isFinished: status.kind === 'finished',
      isRepeatable: base === null && !wasAdjusted(run, training),
    };
  });
}

/** More than fit on a page at once help nobody. */
const MOST_NOTICES = 8;

/** The notices with one more. One that says the same as an older one takes its place. */
export function withNotice(notices: LabState['notices'], problem: Problem): LabState['notices'] {
  const text = JSON.stringify(problem);
  const others = notices.filter((notice) => JSON.stringify(notice.problem) !== text);
  const id = 1 + Math.max(0, ...notices.map((notice) => notice.id));
  return [...others, { id, problem }].slice(-MOST_NOTICES);
}
