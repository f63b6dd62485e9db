/** The autocorrelation of gradients along a line, against the lag. */

import type { NetworkId } from '../../experiment/experiment.ts';
import { laterText } from '../../messages/laterText.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { exact } from '../../plot/format.ts';
import type { ChartTable } from '../../plot/table.ts';
import {
  autocorrelation,
  brownNoise,
  type InnerProducts,
  type Similarity,
  similarities,
  whiteNoise,
} from './autocorrelation.ts';
import { LINE_POINTS } from './report.ts';

const words = laterText.shattering.lags;

/** The lags shown: 1 … `LAGS`. */
export const LAGS = 20;

/** A network, with the inner products of its gradients along the line. */
export interface LineNetwork {
  readonly id: NetworkId;
  readonly name: string;
  readonly products: InnerProducts;
}

/** One value a lag. */
export interface LagSeries {
  /** Null for a noise. */
  readonly id: NetworkId | null;
  readonly name: string;
  readonly values: readonly number[];
}

export type Noise = 'white' | 'brown';
export const noises = ['white', 'brown'] as const;

const noiseProducts = { white: whiteNoise(LINE_POINTS), brown: brownNoise(LINE_POINTS) };

export function noiseSeries(noise: Noise, similarity: Similarity): LagSeries {
  return { id: null, name: words.noises[noise], values: autocorrelation(noiseProducts[noise], similarity, LAGS) };
}

export function networkSeries(networks: readonly LineNetwork[], similarity: Similarity): LagSeries[] {
  return networks.map(({ id, name, products }) => ({ id, name, values: autocorrelation(products, similarity, LAGS) }));
}

const STEP = 0.25;

/** From 1 to below 0, where white noise lies, and to the lowest value. */
export function lagAxis(series: readonly LagSeries[]): ValueAxis {
  const lowest = Math.min(-STEP, ...series.flatMap(({ values }) => values.filter(Number.isFinite)));
  return { kind: 'linear', min: STEP * Math.floor(lowest / STEP), max: 1 };
}

export function phrasesAt(series: readonly LagSeries[], lag: number): string[] {
  return series.map(({ name, values }) => words.phrase(name, exact(values[lag - 1] ?? Number.NaN)));
}

/** The chart in a sentence; null before anything was computed. */
export function summarySentence(
  networks: readonly LagSeries[],
  noise: readonly LagSeries[],
  similarity: Similarity,
  steps: readonly number[],
): string | null {
  if (networks.length === 0) return null;
  const parts = [...networks, ...noise].map(({ name, values }) =>
    words.ends(name, exact(values[0] ?? Number.NaN), exact(values.at(-1) ?? Number.NaN), LAGS),
  );
  return words.summary(words.axes[similarity], steps, parts);
}

/** A row for every lag of every network and noise, in both ways of saying it. */
export function tableOf(networks: readonly LineNetwork[]): ChartTable {
  const both = similarities.map((similarity) => [
    ...networkSeries(networks, similarity),
    ...noises.map((noise) => noiseSeries(noise, similarity)),
  ]);
  const [first = []] = both;
  return {
    columns: words.columns(similarities.map((similarity) => words.axes[similarity])),
    rows: first.flatMap(({ name, values }, which) =>
      values.map((_, index) => [name, index + 1, ...both.map((series) => series[which]?.values[index] ?? null)]),
    ),
  };
}
