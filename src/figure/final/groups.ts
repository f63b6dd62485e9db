/** Finished runs by kind and by where they stand on the horizontal axis: what a chart of final errors draws and says. */
import type { FinishedRun } from '../../records/finished.ts';

export type Kind = FinishedRun['kind'];

/** A finished run at its place on the axis. */
export interface FinalRun extends Pick<FinishedRun, 'kind' | 'seed' | 'trainError' | 'testError' | 'divergedAt'> {
  /** Depth, or another setting; where the setting is no number, its index. */
  readonly at: number;
}

export type FinalMeasure = 'train' | 'test';

export const kinds: readonly Kind[] = ['plain', 'residual'];

/** All runs of one kind and place. */
export interface FinalGroup {
  readonly kind: Kind;
  readonly at: number;
  /** Errors of the runs that ended with one, as fractions, ascending. */
  readonly errors: readonly number[];
  /** Steps at which runs diverged, ascending. */
  readonly divergedAt: readonly number[];
}

const ascending = (one: number, other: number) => one - other;

/** Groups of one kind, in order. */
export function groupsOf(finished: readonly FinalRun[], kind: Kind, measure: FinalMeasure): FinalGroup[] {
  const runs = finished.filter((run) => run.kind === kind);
  return placesOf(runs).map((at) => {
    const here = runs.filter((run) => run.at === at);
    const errors = here
      .filter((run) => run.divergedAt === null)
      .map((run) => (measure === 'train' ? run.trainError : run.testError));
    return {
      kind,
      at,
      errors: errors.filter((error): error is number => error !== null && Number.isFinite(error)).sort(ascending),
      divergedAt: here.flatMap((run) => run.divergedAt ?? []).sort(ascending),
    };
  });
}

/** The places at which there are runs, ascending. */
export function placesOf(finished: readonly FinalRun[]): number[] {
  return [...new Set(finished.map((run) => run.at))].sort(ascending);
}

export interface Summary {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Mean and range of a group's errors; null where every run diverged. */
export function summary({ errors }: FinalGroup): Summary | null {
  const [low] = errors;
  const high = errors.at(-1);
  if (low === undefined || high === undefined) return null;
  return { mean: errors.reduce((sum, error) => sum + error, 0) / errors.length, low, high };
}
