/** Readings of a run that the checks share. Each is null where the run has not got that far. */

import type { NetworkId } from '../experiment/experiment.ts';
import type { Quantity } from '../records/records.ts';
import { convValues, type Run } from '../records/run.ts';
import { factorPerLayer } from '../records/summary.ts';
import type { Evidence } from './lesson.ts';

export function runOf({ runs }: Evidence, id: NetworkId): Run | null {
  const run = runs[id];
  return run && run.steps > 0 ? run : null;
}

/** Errors of the newest evaluation, as fractions; null where there is none, or the network overflowed. */
export function errorsOf(evidence: Evidence, id: NetworkId): { readonly train: number; readonly test: number } | null {
  const run = runOf(evidence, id);
  const last = run?.overflow ? null : run?.evaluations.at(-1);
  return last ? { train: last.trainError, test: last.testError } : null;
}

/** Change per conv layer towards the input at a step. */
export function factorAt(run: Run, step: number, quantity: Quantity = 'signalGradient'): number | null {
  return factorPerLayer(convValues(run, step, quantity));
}

/** The first conv layer's value as a multiple of the last one's. */
export function firstOverLast(run: Run, step: number, quantity: Quantity): number {
  const values = convValues(run, step, quantity);
  return (values[0] ?? Number.NaN) / (values.at(-1) ?? Number.NaN);
}

/** Mean loss of the last steps, at most ten. */
export function lastLoss(run: Run): number {
  const losses = run.loss.subarray(Math.max(0, run.steps - 10), run.steps);
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The first option whose bound the value does not exceed; null of nothing. */
export function bucket(
  value: number | null,
  bounds: readonly (readonly [option: string, upTo: number])[],
): string | null {
  return value === null ? null : (bounds.find(([, upTo]) => value <= upTo)?.[0] ?? null);
}
