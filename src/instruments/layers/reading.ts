/** What a chart over layers says, in figures and in words. */

import { text } from '../../messages/messages.ts';
import { exact } from '../../plot/format.ts';
import type { ChartTable } from '../../plot/table.ts';
import { distinct, factorPerLayer } from '../../records/summary.ts';
import { fitOf, type LayerSeries, theoryPoints } from './series.ts';

const words = text.charts.layers;

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
      const theory = new Map(theoryPoints(each)?.map(({ layer, value }) => [layer, value]));
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
