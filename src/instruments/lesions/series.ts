/** Errors of networks against the place of a lesion. */
import type { NetworkId } from '../../experiment/experiment.ts';
import { percent } from '../../messages/format.ts';
import { laterText } from '../../messages/laterText.ts';
import type { Point } from '../../plot/marks.tsx';
import type { ChartTable } from '../../plot/table.ts';
import { distinct, median } from '../../records/summary.ts';
import type { ErrorPair, Lesion } from './report.ts';

const words = laterText.lesions;

export type Operation = 'removals' | 'swaps';
export type LesionMeasure = keyof ErrorPair;

/** What the errors are, and under which conditions they were measured. */
export interface LesionsAbout {
  readonly operation: Operation;
  readonly measure: LesionMeasure;
  /** Which statistics batch norm has, in words. */
  readonly condition: string;
  /** Updates made before, of every network once. */
  readonly steps: readonly number[];
}

export interface LesionSeries {
  readonly id: NetworkId;
  readonly name: string;
  /** Of the unharmed network; null before it has been examined. */
  readonly whole: ErrorPair | null;
  readonly lesions: readonly Lesion[];
}

/** The error of a network that knows nothing: the ten classes have equally many images. */
export const CHANCE = 0.9;

/** The places at which there is a lesion in any network, ascending. */
export function placesOf(series: readonly LesionSeries[]): number[] {
  return distinct(series.flatMap(({ lesions }) => lesions.map(({ at }) => at)));
}

/** A network's errors at every place up to its last lesion; no number where it has none, so that a line has a gap. */
export function errorPoints(lesions: readonly Lesion[], measure: LesionMeasure): Point[] {
  const at = new Map(lesions.map((lesion) => [lesion.at, lesion[measure]]));
  return Array.from({ length: lesions.at(-1)?.at ?? 0 }, (_, index) => ({
    x: index + 1,
    y: at.get(index + 1) ?? Number.NaN,
  }));
}

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
