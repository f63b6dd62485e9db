/** The run of one network, be it under way or ended, in the lab, a sweep, the library or on the command line. */
import { group } from 'd3-array';
import type { Experiment, NetworkSpec, TrainingSpec } from '../experiment/experiment.ts';
import { recognizeFamily } from '../experiment/families.ts';
import { learningRate } from '../experiment/schedule.ts';
import { depthOf, hasShortcuts } from '../experiment/stack.ts';
import type { SweepKind } from '../experiment/sweep/sweep.ts';
import type { Run } from '../records/run.ts';
import { type Range, rangeOf } from '../records/summary.ts';
import type { EngineInfo } from './worker/protocol.ts';

/** Errors after some steps, as fractions; step 0 is the untrained network. */
export interface ErrorsAt {
  readonly step: number;
  readonly trainError: number;
  readonly testError: number;
}

/** Networks side by side do not touch each other, so each of them has a run of its own. */
export interface NetworkRun {
  /** Of this network alone. */
  readonly experiment: Experiment;
  /** That trains it; null before one has started. */
  readonly engine: EngineInfo | null;
  /** Steps trained. */
  readonly steps: number;
  /** In the order of their steps. */
  readonly evaluations: readonly ErrorsAt[];
  /** The step that overflowed, or null. */
  readonly divergedAt: number | null;
  readonly isFinished: boolean;
  /** Whether the experiment says all of it: not where it began with what another had learned, or its learning rate was changed on the way. */
  readonly isRepeatable: boolean;
}

/** Errors after the last step; null where it diverged. */
export function finalErrors(run: Pick<NetworkRun, 'evaluations' | 'divergedAt' | 'steps'>): ErrorsAt | null {
  const last = run.evaluations.at(-1);
  return run.divergedAt === null && last?.step === run.steps ? last : null;
}

/** Mean and range of the final errors; null where every run diverged. */
export function summaryOf(runs: readonly NetworkRun[], measure: 'trainError' | 'testError'): Range | null {
  return rangeOf(runs.flatMap((run) => finalErrors(run)?.[measure] ?? []));
}

function networkOf({ experiment }: Pick<NetworkRun, 'experiment'>): NetworkSpec {
  const [network] = experiment.networks;
  if (!network) throw new Error('A run without a network.');
  return network;
}

export function depthOfRun(run: Pick<NetworkRun, 'experiment'>): number {
  return depthOf(networkOf(run).stack);
}

export function kindOfRun(run: Pick<NetworkRun, 'experiment'>): SweepKind {
  return hasShortcuts(networkOf(run).stack) ? 'residual' : 'plain';
}

/** The settings under which an experiment's first network is trained, apart from its depth, its blocks and the seed, as text. */
function conditionsOf({ networks: [network], training: { seed: _, ...training } }: Experiment): string | null {
  if (!network) return null;
  const { stack, ...settings } = network;
  const family = recognizeFamily(stack);
  return JSON.stringify({ shape: family && { preset: family.preset, width: family.width }, settings, training });
}

/**
 * The runs that differ from an experiment's first network in nothing but depth, blocks and seed: what has to be equal for a
 * comparison over depth to be fair.
 */
export function comparableRuns(runs: readonly NetworkRun[], experiment: Experiment): readonly NetworkRun[] {
  const conditions = conditionsOf(experiment);
  return runs.filter((run) => run.isRepeatable && conditionsOf(run.experiment) === conditions);
}

/** The largest set of runs that may be compared over depth and blocks: those that differ in nothing else but their seeds. */
export function largestComparable(runs: readonly NetworkRun[]): readonly NetworkRun[] {
  const sets = group(runs, ({ experiment }) => conditionsOf(experiment));
  return [...sets.values()].reduce<readonly NetworkRun[]>((most, set) => (set.length > most.length ? set : most), []);
}

/** Whether the learning rate was changed on the way: then no experiment says what was trained. */
export function wasAdjusted({ steps, learningRate: rates }: Run, training: TrainingSpec): boolean {
  return rates.subarray(0, steps).some((rate, step) => rate !== Math.fround(learningRate(training, step)));
}

/** Finished runs with those that have just ended. One that was repeated exactly is kept once. */
export function withFinished(runs: readonly NetworkRun[], ended: readonly NetworkRun[]): readonly NetworkRun[] {
  const known = new Set(runs.map((each) => JSON.stringify(each)));
  return [...runs, ...ended.filter((each) => !known.has(JSON.stringify(each)))];
}
