/** What was measured of a network at the step on view. */
import { type Quantity, quantities } from '../../measurements/records.ts';
import type { Run } from '../../measurements/run.ts';

/** The step that is shown: `viewStep`, or the newest; 0 before the first. */
export function stepShown(run: Run | undefined, viewStep: number | null): number {
  if (!run) return 0;
  return viewStep === null ? run.steps : Math.min(viewStep, run.steps);
}

/**
 * One value a weight layer at `step` (1 for the first), or none before the first step. A run of
 * another network (an edit that is on its way to the worker) has nothing to say about this one.
 *
 * @param layers weight layers of the network that is drawn
 */
export function valuesAt(run: Run | undefined, quantity: Quantity, step: number, layers: number): ArrayLike<number> {
  if (!run || step < 1 || run.layerNames.length !== layers) return [];
  return run.history[quantity].subarray((step - 1) * layers, step * layers);
}

/** All quantities of one weight layer at `step`, or null where nothing was recorded. */
export function layerValues(
  run: Run | undefined,
  layer: number,
  step: number,
  layers: number,
): Readonly<Record<Quantity, number>> | null {
  const found = quantities.map((quantity) => [quantity, valuesAt(run, quantity, step, layers)[layer]] as const);
  if (found.some(([, value]) => value === undefined)) return null;
  return Object.fromEntries(found) as Record<Quantity, number>;
}
