/** What was measured of a network at the step on view: as numbers, in a sentence, and as rows. */
import { createContext } from 'react';
import { text } from '../../messages/messages.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { exact } from '../../plot/format.ts';
import type { ChartTable } from '../../plot/table.ts';
import { sharedSteps } from '../../records/history.ts';
import { type LayerMeasurements, type Quantity, quantities } from '../../records/records.ts';
import { diedAt, measurementsAt, type Run } from '../../records/run.ts';

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
 * The measurements of a step; null before the first, unless the untrained network was measured. A run of another network
 * (an edit that is on its way to the worker) has nothing to say about this one.
 *
 * @param layers weight layers of the network that is drawn
 */
export function measuredAt(run: Run | undefined, step: number, layers: number): LayerMeasurements | null {
  if (run?.layerNames.length !== layers) return null;
  return step === 0 ? run.untrained : measurementsAt(run, step);
}

/** Whether the gradients of untrained networks are shown: a lesson that asks for a prediction of them keeps them back. */
export const UntrainedContext = createContext(true);

export type LayerValues = Readonly<Record<Quantity, number>>;

/** All quantities of one weight layer; null for a row without weights, and where nothing was measured. */
export function layerValues(measured: LayerMeasurements | null, layer: number | null): LayerValues | null {
  if (!measured || layer === null) return null;
  const entries = quantities.map((quantity) => [quantity, measured[quantity][layer] ?? Number.NaN] as const);
  return Object.fromEntries(entries) as Record<Quantity, number>;
}

/** Whether no layer before the classifier has got any gradient from the step on view on. */
export function isDeadAt(run: Run | undefined, step: number): boolean {
  return step > 0 && run !== undefined && step >= (diedAt(run) ?? Number.POSITIVE_INFINITY);
}

/** Where and when a network's numbers stopped being finite, longest first; null where they have not at the step on view. */
export function overflowText({ layers }: NetworkGraph, run: Run | undefined, step: number): readonly string[] | null {
  if (!run?.overflow || step < run.overflow.step) return null;
  const { where, layer } = run.overflow;
  const place =
    where === 'loss' ? text.stack.overflowOf.loss : text.stack.overflowOf[where](layers[layer ?? -1]?.name ?? '');
  return [text.stack.overflow(run.overflow.step, place), text.stack.overflowShort(run.overflow.step)];
}

/** What the bars of a stack show. */
export interface BarsShown {
  readonly graph: NetworkGraph;
  /** One a weight layer. */
  readonly values: Float32Array;
  readonly quantity: Quantity;
  /** The first and the last of the steps whose mean the values are. */
  readonly from: number;
  readonly to: number;
  readonly isDead: boolean;
}

interface Shown extends Pick<BarsShown, 'graph' | 'quantity'> {
  readonly run: Run | undefined;
  readonly step: number;
  readonly measured: LayerMeasurements | null;
}

/** What the bars of a network show at the step on view; null where nothing was measured. */
export function barsShown({ graph, quantity, run, step, measured }: Shown): BarsShown | null {
  if (!measured) return null;
  const [from, to] = stepsShown(run, step);
  return { graph, values: measured[quantity], quantity, from, to, isDead: isDeadAt(run, step) };
}

/** The bars in a sentence: the first and the last layer, and the extremes between them. */
export function summaryOf({ graph: { layers }, values, quantity, from, to, isDead }: BarsShown): string {
  const finite = [...values].filter(Number.isFinite);
  const at = (index: number) => exact(values[index] ?? Number.NaN);
  return text.stack.summary(text.quantities[quantity].label, {
    layers: layers.length,
    first: at(0),
    last: at(layers.length - 1),
    extent: finite.length > 0 ? [exact(Math.min(...finite)), exact(Math.max(...finite))] : null,
    steps: [from, to],
    isDead,
  });
}

/** A row a weight layer, input first, with all that was measured of it. */
export function tableOf({ layers }: NetworkGraph, measured: LayerMeasurements): ChartTable {
  return {
    columns: [text.stack.layerColumn, ...quantities.map((quantity) => text.quantities[quantity].column)],
    rows: layers.map(({ name }, layer) => [name, ...quantities.map((quantity) => measured[quantity][layer] ?? null)]),
  };
}
