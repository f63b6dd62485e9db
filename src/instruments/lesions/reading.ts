/** What a chart of lesions says, in figures and in words. */

import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import type { ChartTable } from '../../plot/table.ts';
import { median } from '../../records/summary.ts';
import type { LesionMeasure, LesionSeries, LesionsAbout } from './series.ts';

const words = text.lesions;

/** The error of each network at a place. */
export function phrasesAt(series: readonly LesionSeries[], measure: LesionMeasure, place: number): string[] {
  return series.flatMap(({ name, whole, lesions }) => {
    const found = lesions.find(({ at }) => at === place);
    if (!found || !whole) return [];
    const { layers, changesShape } = found;
    return [words.value(name, words.layers(layers), percent(found[measure]), percent(whole[measure]), changesShape)];
  });
}

/** The whole chart in a sentence; null before anything was examined. */
export function summarySentence(
  series: readonly LesionSeries[],
  { operation, measure, condition, steps }: LesionsAbout,
): string | null {
  const parts = series.flatMap(({ name, whole, lesions }) => {
    const errors = lesions.map((lesion) => lesion[measure]);
    const middle = median(errors);
    if (!whole || middle === null) return [];
    const [low, high] = [Math.min(...errors), Math.max(...errors)];
    return [words.range(name, percent(whole[measure]), errors.length, percent(low), percent(high), percent(middle))];
  });
  return parts.length === 0 ? null : words.summary(operation, measure, condition, steps, parts);
}

/** A row for every lesion of every network. */
export function tableOf(series: readonly LesionSeries[]): ChartTable {
  return {
    columns: words.columns,
    rows: series.flatMap(({ name, whole, lesions }) =>
      lesions.map(({ at, layers, changesShape, train, test }) => [
        name,
        at,
        words.layers(layers),
        changesShape ? words.yes : words.no,
        train,
        test,
        whole?.train ?? null,
        whole?.test ?? null,
      ]),
    ),
  };
}
