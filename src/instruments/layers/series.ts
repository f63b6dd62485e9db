/** One quantity against the layers of some networks, each at one step. */

import type { NetworkId } from '../../experiment/experiment.ts';
import { logAxis, type ValueAxis } from '../../plot/axis.ts';
import { leastSquaresLine } from '../../records/summary.ts';

export interface LayerSeries {
  readonly id: NetworkId;
  /** For instance "Plain 38". */
  readonly name: string;
  /** At which the values were measured; 0 before the first. */
  readonly step: number;
  /** Which of the pinned steps that is, from 0; null for the step on view. */
  readonly pin: number | null;
  /** One value a layer, input first; empty before anything was measured. */
  readonly values: readonly number[];
  /** Names of those layers. */
  readonly layerNames: readonly string[];
  /** Where each stands among the network's weight layers, 0 at the input; empty where the values are not of layers. */
  readonly layers: readonly number[];
  /** Which of the values a line is fitted to, from 0, ascending. */
  readonly fitted: readonly number[];
  /** What theory says of each of those over the last of them; null where there is none, and at steps of which it says nothing. */
  readonly theory: readonly number[] | null;
}

/** The lines of pinned steps, told apart by their pattern; each has a class of this name. There are no more pins than lines. */
export const pinLines = ['pin-1', 'pin-2', 'pin-3'] as const;

/** A curve over the layers: x is the layer, counted from 1. */
export interface LayerPoint {
  readonly layer: number;
  readonly value: number;
}

/** Positive finite values at their layers: what has a logarithm. */
export function positivePoints(values: readonly number[]): LayerPoint[] {
  return values.flatMap((value, index) => (value > 0 && Number.isFinite(value) ? [{ layer: index + 1, value }] : []));
}

/** A straight line in the logarithm: the value changes by the same factor from layer to layer. */
export interface Fit {
  /** From a layer to the one before it, towards the input. */
  readonly factor: number;
  /** At every layer that it was fitted to. */
  readonly points: readonly LayerPoint[];
}

/**
 * The least-squares fit of ln(value) against the layer, which counts those that are fitted alone; null for fewer than two values that have
 * a logarithm.
 */
export function fitOf({ values, fitted }: Pick<LayerSeries, 'values' | 'fitted'>): Fit | null {
  const points = positivePoints(fitted.map((index) => values[index] ?? Number.NaN));
  const line = leastSquaresLine(points.map(({ layer, value }) => [layer, Math.log(value)] as const));
  if (!line) return null;
  const at = (layer: number) => Math.exp(line.intercept + line.slope * layer);
  return {
    factor: Math.exp(-line.slope),
    points: fitted.map((index, order) => ({ layer: index + 1, value: at(order + 1) })),
  };
}

/** The theory's curve, through the last value that it speaks of, as it says nothing of its size; null where it cannot be drawn. */
export function theoryPoints({ values, fitted, theory }: LayerSeries): LayerPoint[] | null {
  const last = values[fitted.at(-1) ?? 0];
  if (!theory || theory.length !== fitted.length || last === undefined || !(last > 0)) return null;
  return fitted.map((index, order) => ({ layer: index + 1, value: (theory[order] ?? Number.NaN) * last }));
}

/** The axis of the values, wide enough for the lines of theory, too. */
export function axisWithTheory(series: readonly LayerSeries[], axis: ValueAxis): ValueAxis {
  const values = series.flatMap((each) => theoryPoints(each) ?? []).map(({ value }) => value);
  if (axis.kind === 'linear' || values.length === 0) return axis;
  return logAxis(Math.min(axis.min, ...values), Math.max(axis.max, ...values));
}

/** Values from the largest to the smallest, as in He et al. 2015, Fig. 7, bottom. */
export function sorted(series: LayerSeries): LayerSeries {
  const order = [...series.values.keys()].sort((one, other) => (series.values[other] ?? 0) - (series.values[one] ?? 0));
  return {
    ...series,
    values: order.map((index) => series.values[index] ?? Number.NaN),
    layerNames: order.map((index) => series.layerNames[index] ?? ''),
    layers: order.flatMap((index) => series.layers[index] ?? []),
    fitted: [],
    theory: null,
  };
}
