/** The finished runs by kind and depth: what the Depth chart draws and says. */
import type { FinishedRun } from '../../measurements/finished.ts';

export type Kind = FinishedRun['kind'];
export type DepthMeasure = 'train' | 'test';

export const kinds: readonly Kind[] = ['plain', 'residual'];

/** All runs of one kind and depth. */
export interface DepthGroup {
  readonly kind: Kind;
  readonly depth: number;
  /** Errors of the runs that ended with one, as fractions, ascending. */
  readonly errors: readonly number[];
  /** Steps at which runs diverged, ascending. */
  readonly divergedAt: readonly number[];
}

const ascending = (one: number, other: number) => one - other;

/** Groups of one kind, by depth. */
export function groupsOf(finished: readonly FinishedRun[], kind: Kind, measure: DepthMeasure): DepthGroup[] {
  const runs = finished.filter((run) => run.kind === kind);
  return depthsOf(runs).map((depth) => {
    const here = runs.filter((run) => run.depth === depth);
    const errors = here
      .filter((run) => run.divergedAt === null)
      .map((run) => (measure === 'train' ? run.trainError : run.testError));
    return {
      kind,
      depth,
      errors: errors.filter((error): error is number => error !== null && Number.isFinite(error)).sort(ascending),
      divergedAt: here.flatMap((run) => run.divergedAt ?? []).sort(ascending),
    };
  });
}

/** The depths at which there are runs, ascending. */
export function depthsOf(finished: readonly FinishedRun[]): number[] {
  return [...new Set(finished.map((run) => run.depth))].sort(ascending);
}

export interface Summary {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Mean and range of a group's errors; null where every run diverged. */
export function summary({ errors }: DepthGroup): Summary | null {
  const [low] = errors;
  const high = errors.at(-1);
  if (low === undefined || high === undefined) return null;
  return { mean: errors.reduce((sum, error) => sum + error, 0) / errors.length, low, high };
}
