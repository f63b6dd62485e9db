/** What a chart over layers says, in figures and in words. */
import { text } from '../../messages/messages.ts';
import { exact } from '../format/number.ts';
import type { ChartTable } from '../tools/table.ts';
import { fitOf, type LayerSeries, theoryPoints } from './series.ts';

const words = text.charts.layers;

/** The factor per layer of a series, fitted and by theory. */
export function factorText(series: LayerSeries): string | null {
  const fit = fitOf(series.values);
  if (!fit) return null;
  const theory = series.theory && fitOf(series.theory);
  return theory ? words.factors(exact(fit.factor), exact(theory.factor)) : words.factor(exact(fit.factor));
}

/** The value of each series at a layer. */
export function phrasesAt(series: readonly LayerSeries[], layer: number): string[] {
  return series.flatMap(({ name, values, layerNames }) => {
    const value = values[layer - 1];
    return value === undefined ? [] : [words.value(name, layerNames[layer - 1] ?? '', exact(value))];
  });
}

/** The whole chart in a sentence; null before anything was measured. */
export function summarySentence(
  series: readonly LayerSeries[],
  steps: readonly number[],
  isFitted: boolean,
): string | null {
  const parts = series.flatMap((each) => {
    const [first] = each.values;
    const last = each.values.at(-1);
    if (first === undefined || last === undefined) return [];
    const factor = isFitted ? factorText(each) : null;
    return [words.ends(each.name, exact(first), exact(last), factor)];
  });
  return parts.length === 0 ? null : words.summary(steps, parts);
}

/** A row for every layer of every series. */
export function tableOf(series: readonly LayerSeries[], quantity: string): ChartTable {
  return {
    columns: words.columns(quantity),
    rows: series.flatMap((each) => {
      const theory = theoryPoints(each);
      return each.values.map((value, index) => [
        each.name,
        index + 1,
        each.layerNames[index] ?? '',
        value,
        theory?.[index]?.value ?? null,
      ]);
    }),
  };
}
