/** One quantity against the layers of some networks, at one step. */
import { leastSquaresLine } from '../../measurements/summary.ts';
import type { NetworkId } from '../../spec/experiment.ts';
import { logAxis, type ValueAxis } from '../scale/axis.ts';

export interface LayerSeries {
  readonly id: NetworkId;
  /** For instance "Plain 38". */
  readonly name: string;
  /** One value a layer, input first; empty before anything was measured. */
  readonly values: readonly number[];
  /** Names of those layers. */
  readonly layerNames: readonly string[];
  /** Where each stands among the network's weight layers, 0 at the input; empty where the values are not of layers. */
  readonly layers: readonly number[];
  /** What theory says of each layer over the last one; null where there is none. */
  readonly theory: readonly number[] | null;
}

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
  readonly ends: readonly [LayerPoint, LayerPoint];
}

/** The least-squares fit of ln(value) against the layer; null for fewer than two values that have a logarithm. */
export function fitOf(values: readonly number[]): Fit | null {
  const points = positivePoints(values).map(({ layer, value }) => [layer, Math.log(value)] as const);
  const line = leastSquaresLine(points);
  if (!line) return null;
  const at = (layer: number): LayerPoint => ({ layer, value: Math.exp(line.intercept + line.slope * layer) });
  return { factor: Math.exp(-line.slope), ends: [at(1), at(values.length)] };
}

/** The theory's curve, through the last value that was measured, as theory says nothing of its size; null where it cannot be drawn. */
export function theoryPoints({ values, theory }: LayerSeries): LayerPoint[] | null {
  const last = values.at(-1);
  if (!theory || theory.length !== values.length || last === undefined || !(last > 0)) return null;
  return theory.map((share, index) => ({ layer: index + 1, value: share * last }));
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
    theory: null,
  };
}
