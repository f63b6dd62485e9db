/** One quantity against the layers of some networks, each at one step. */
import type { NetworkId, NetworkSpec, TrainingSpec } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { gradientTheory, type TheoryGap, theoryGap } from '../../network/theory.ts';
import { logAxis, type ValueAxis } from '../../plot/axis.ts';
import { exact } from '../../plot/format.ts';
import { type Hover, linkedHover, useLinkedHover } from '../../plot/linkedHover.ts';
import type { Point } from '../../plot/marks.tsx';
import type { ChartTable } from '../../plot/table.ts';
import { distinct, factorPerLayer, leastSquaresLine } from '../../records/summary.ts';

const words = text.charts.layers;

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
  /** Why there is none at any step. */
  readonly theoryGap: TheoryGap | 'pixels' | null;
}

/** The lines of pinned steps, told apart by their pattern. There are no more pins than lines. */
export const pinLines = ['pin-1', 'pin-2', 'pin-3'] as const;

/** Positive finite values at their layers: what has a logarithm. */
export function positivePoints(values: readonly number[]): Point[] {
  return values.flatMap((value, index) => (value > 0 && Number.isFinite(value) ? [{ x: index + 1, y: value }] : []));
}

/** A straight line in the logarithm: the value changes by the same factor from layer to layer. */
export interface Fit {
  /** From a layer to the one before it, towards the input. */
  readonly factor: number;
  /** At every layer that it was fitted to. */
  readonly points: readonly Point[];
}

/**
 * The least-squares fit of ln(value) against the layer, which counts those that are fitted alone; null for fewer than two values that have
 * a logarithm.
 */
export function fitOf({ values, fitted }: Pick<LayerSeries, 'values' | 'fitted'>): Fit | null {
  const points = positivePoints(fitted.map((index) => values[index] ?? Number.NaN));
  const line = leastSquaresLine(points.map(({ x, y }) => [x, Math.log(y)] as const));
  if (!line) return null;
  const at = (layer: number) => Math.exp(line.intercept + line.slope * layer);
  return {
    factor: Math.exp(-line.slope),
    points: fitted.map((index, order) => ({ x: index + 1, y: at(order + 1) })),
  };
}

/** The theory's curve, through the last value that it speaks of, as it says nothing of its size; null where it cannot be drawn. */
export function theoryPoints({ values, fitted, theory }: LayerSeries): Point[] | null {
  const last = values[fitted.at(-1) ?? 0];
  if (!theory || theory.length !== fitted.length || last === undefined || !(last > 0)) return null;
  return fitted.map((index, order) => ({ x: index + 1, y: (theory[order] ?? Number.NaN) * last }));
}

/** The axis of the values, wide enough for the lines of theory, too. */
export function axisWithTheory(series: readonly LayerSeries[], axis: ValueAxis): ValueAxis {
  const values = series.flatMap((each) => theoryPoints(each) ?? []).map(({ y }) => y);
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
    theoryGap: null,
  };
}

/**
 * The weight layers of a network, all of them as in its stack, and which of them the factor per layer is fitted to: the conv layers, as it is
 * defined; in a network that has none, all of them.
 */
export function layersToDraw(
  graph: NetworkGraph,
  network: NetworkSpec,
  input: TrainingSpec['input'],
): Pick<LayerSeries, 'layerNames' | 'layers' | 'fitted' | 'theory' | 'theoryGap'> {
  const layers = graph.layers.map(({ index }) => index);
  const convs = graph.layers.filter(({ kind }) => kind === 'conv').map(({ index }) => index);
  return {
    layerNames: graph.layers.map(({ name }) => name),
    layers,
    fitted: convs.length > 0 ? convs : layers,
    // It takes the mean square of what the first conv reads to be 1.
    theory: input === 'standard' ? gradientTheory(graph, network) : null,
    theoryGap: theoryGap(graph, network) ?? (input === 'standard' ? null : 'pixels'),
  };
}

/** The layer of every network at a position, counted from 1. */
export function placeAt(series: readonly LayerSeries[], position: number): Hover {
  const layers = series.flatMap(({ id, layers }) => {
    const layer = layers[position - 1];
    return layer === undefined ? [] : [[id, layer] as const];
  });
  return { layers: Object.fromEntries(layers), step: null };
}

/** The positions of the layers of a place, without repeats. */
export function positionsOf(series: readonly LayerSeries[], hover: Hover | null): number[] {
  const found = series.map(({ id, layers }) => 1 + layers.indexOf(hover?.layers[id] ?? -1));
  return [...new Set(found.filter((position) => position > 0))];
}

/** The positions of the layers that are pointed at in other charts. */
export function useLinkedPositions(series: readonly LayerSeries[], chart: string): number[] {
  return positionsOf(
    series,
    useLinkedHover((all) => linkedHover(all, chart)),
  );
}

/** The factor per layer of a series, fitted and by theory. */
export function factorText(series: LayerSeries): string | null {
  const fit = fitOf(series);
  if (!fit) return null;
  const theory = series.theory && factorPerLayer(series.theory);
  return theory ? words.factors(exact(fit.factor), exact(theory)) : words.factor(exact(fit.factor));
}

/** A network, and where its step is pinned, that. */
function nameOf({ name, pin, step }: LayerSeries): string {
  return pin === null ? name : words.pinned(name, step);
}

/** The value of each series at a layer. */
export function phrasesAt(series: readonly LayerSeries[], layer: number): string[] {
  return series.flatMap((each) => {
    const value = each.values[layer - 1];
    return value === undefined ? [] : [words.value(nameOf(each), each.layerNames[layer - 1] ?? '', exact(value))];
  });
}

/** The pinned steps, each with what was measured at it. */
export function pinsOf(series: readonly LayerSeries[]): readonly (readonly [pin: number, series: LayerSeries[]])[] {
  const pins = distinct(series.flatMap(({ pin }) => pin ?? []));
  return pins.map((pin) => [pin, series.filter((each) => each.pin === pin)] as const);
}

/** The series of the step on view. */
export function onView(series: readonly LayerSeries[]): LayerSeries[] {
  return series.filter(({ pin }) => pin === null);
}

/** Series of one step in a sentence; null before anything was measured. */
function sentenceOf(series: readonly LayerSeries[], isFitted: boolean): string | null {
  const measured = series.filter(({ values }) => values.length > 0);
  if (measured.length === 0) return null;
  const parts = measured.map((each) => {
    const [first = Number.NaN] = each.values;
    const last = each.values.at(-1) ?? Number.NaN;
    return words.ends(each.name, exact(first), exact(last), isFitted ? factorText(each) : null);
  });
  return words.summary(distinct(measured.map(({ step }) => step)), parts);
}

/** The whole chart in a sentence a step; null before anything was measured. */
export function summaryOf(series: readonly LayerSeries[], isFitted: boolean): string | null {
  const groups = [onView(series), ...pinsOf(series).map(([, pinned]) => pinned)];
  const sentences = groups.flatMap((group) => sentenceOf(group, isFitted) ?? []);
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** A row for every layer of every series. */
export function tableOf(series: readonly LayerSeries[], quantity: string): ChartTable {
  return {
    columns: words.columns(quantity),
    rows: series.flatMap((each) => {
      const theory = new Map(theoryPoints(each)?.map(({ x, y }) => [x, y]));
      return each.values.map((value, index) => [
        each.name,
        each.step,
        index + 1,
        each.layerNames[index] ?? '',
        value,
        theory.get(index + 1) ?? null,
      ]);
    }),
  };
}
