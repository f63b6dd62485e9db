/**
 * Whether the contenders computed the same thing: they start from the same numbers and see the same
 * minibatches, so their first losses are equal but for rounding, which grows from step to step.
 */
import type { Outcome } from './race.ts';

/** By how much the losses of a step may differ, over the smallest of them: of the first, second and third step. */
const tolerances = [1e-3, 1e-2, 1e-2] as const;

export interface Disagreement {
  /** From 1. */
  readonly step: number;
  /** Of each contender that ran, by its name. */
  readonly losses: Readonly<Record<string, number>>;
}

/** The first step at which the losses are too far apart or not finite, or null. */
export function disagreement(outcomes: Readonly<Record<string, Outcome>>): Disagreement | null {
  for (const [index, tolerance] of tolerances.entries()) {
    const losses = Object.entries(outcomes).flatMap(([name, outcome]): [string, number][] =>
      'error' in outcome ? [] : [[name, outcome.losses[index] ?? Number.NaN]],
    );
    const values = losses.map(([, loss]) => loss);
    const least = Math.min(...values);
    // Written so that a loss that is no number fails.
    const agree = values.length === 0 || Math.max(...values) - least <= tolerance * least;
    if (!agree) return { step: index + 1, losses: Object.fromEntries(losses) };
  }
  return null;
}
