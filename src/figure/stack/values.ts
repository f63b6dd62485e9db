/** What was measured of a network at the step on view. */
import { sharedSteps } from '../../records/history.ts';
import { type LayerMeasurements, type Quantity, quantities } from '../../records/records.ts';
import { measurementsAt, type Run } from '../../records/run.ts';

/** The step that is shown: `viewStep`, or the newest; 0 before the first. */
export function stepShown(run: Run | undefined, viewStep: number | null): number {
  if (!run) return 0;
  return viewStep === null ? run.steps : Math.min(viewStep, run.steps);
}

/** The steps whose mean is shown for a step: those of a long run share rows, but for the newest. */
export function stepsShown(run: Run | undefined, step: number): readonly [number, number] {
  return run ? sharedSteps(run.history, run.steps, step) : [step, step];
}

/**
 * The measurements of a step; null before the first, unless the untrained network was measured. A run of another network (an edit that is
 * on its way to the worker) has nothing to say about this one.
 *
 * @param layers weight layers of the network that is drawn
 */
export function measuredAt(run: Run | undefined, step: number, layers: number): LayerMeasurements | null {
  if (run?.layerNames.length !== layers) return null;
  return step === 0 ? run.untrained : measurementsAt(run, step);
}

export type LayerValues = Readonly<Record<Quantity, number>>;

/** All quantities of one weight layer; null for a row without weights, and where nothing was measured. */
export function layerValues(measured: LayerMeasurements | null, layer: number | null): LayerValues | null {
  if (!measured || layer === null) return null;
  const entries = quantities.map((quantity) => [quantity, measured[quantity][layer] ?? Number.NaN] as const);
  return Object.fromEntries(entries) as Record<Quantity, number>;
}
