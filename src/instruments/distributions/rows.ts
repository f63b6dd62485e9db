/** One quantity's distribution in every layer: what is drawn of it, what it says, and its table. */

import { percent } from '../../messages/format.ts';
import { laterText } from '../../messages/laterText.ts';
import { text } from '../../messages/messages.ts';
import { canDie } from '../../ops/activation/op.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { colorOf, type Rgb } from '../../plot/color.ts';
import { exact } from '../../plot/format.ts';
import type { ChartTable } from '../../plot/table.ts';
import { type Binned, type Bins, binned, type Histogram, medianMagnitude } from './histogram.ts';
import type { LayerDistributions } from './report.ts';

const words = laterText.distributions;

/** What passes a layer forwards, or backwards. */
export const signals = ['activations', 'gradients'] as const;
export type Signal = (typeof signals)[number];

/** A layer's values in the bins that all layers share. */
export interface LayerRow {
  readonly name: string;
  readonly histogram: Histogram;
  readonly binned: Binned;
  /** Share of units; null where the activation has none that could be dead or saturated. */
  readonly dead: number | null;
}

export function rowsOf(layers: readonly LayerDistributions[], signal: Signal, bins: Bins): LayerRow[] {
  return layers.map((layer) => ({
    name: layer.name,
    histogram: layer[signal],
    binned: binned(layer[signal], bins),
    dead: canDie(layer.activation) ? layer.dead : null,
  }));
}

/** Of the colours: a bin's share of the layer's values. What holds less than a ten-thousandth has the lowest one, and nothing none. */
export const shareAxis: ValueAxis = { kind: 'log', min: 1e-4, max: 1 };

export function shareColor(share: number): Rgb | null {
  return share > 0 ? colorOf(shareAxis, share) : null;
}

/** The heat map, row-major RGBA: a row a layer, a column a bin. */
export function pixelsOf(rows: readonly LayerRow[], columns: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * columns * rows.length);
  rows.forEach(({ histogram, binned: { counts } }, row) => {
    counts.forEach((count, column) => {
      const color = shareColor(count / histogram.count);
      if (color) pixels.set([...color, 255], 4 * (row * columns + column));
    });
  });
  return pixels;
}

export function zeroShare({ zeros, count }: Histogram): number {
  return zeros / count;
}

/** What a layer has beside its bins: zeros, values outside, dead units. */
export function besideText({ histogram, binned: { below, above }, dead }: LayerRow): string {
  const share = (count: number) => percent(count / histogram.count);
  return text.charts.joined([
    words.zeros(histogram.zeros > 0 ? share(histogram.zeros) : null),
    ...(below > 0 ? [words.below(share(below))] : []),
    ...(above > 0 ? [words.above(share(above))] : []),
    ...(histogram.notFinite > 0 ? [words.notFinite(share(histogram.notFinite))] : []),
    ...(dead === null ? [] : [words.dead(percent(dead))]),
  ]);
}

export function binText({ edges }: Bins, bin: number): string {
  return words.between(exact(edges[bin] ?? Number.NaN), exact(edges[bin + 1] ?? Number.NaN));
}

export function shareText({ histogram, binned: { counts } }: LayerRow, bin: number): string {
  const count = counts[bin] ?? 0;
  return words.share(percent(count / histogram.count), count);
}

/** The first and the last layer in words; null before anything was counted. */
export function summarySentence(rows: readonly LayerRow[], name: string, signal: Signal, step: number): string | null {
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) return null;
  const part = (row: LayerRow) => {
    const median = medianMagnitude(row.histogram);
    return words.layerSummary(row.name, median && [exact(median[0]), exact(median[1])], besideText(row));
  };
  return words.summary(words.of[signal], name, step, [part(first), part(last)]);
}

/** A row for every bin of every layer, and for what lies beside them. */
export function tableOf(rows: readonly LayerRow[], { edges }: Bins): ChartTable {
  return {
    columns: words.columns,
    rows: rows.flatMap(({ name, histogram, binned: { counts, below, above }, dead }, layer) => {
      const row = (what: string, from: number | null, to: number | null, count: number) =>
        [layer + 1, name, what, from, to, count, count / histogram.count] as const;
      return [
        row(words.rows.zero, 0, 0, histogram.zeros),
        row(words.rows.below, null, edges[0] ?? null, below),
        ...counts.map((count, bin) => row(words.rows.bin, edges[bin] ?? null, edges[bin + 1] ?? null, count)),
        row(words.rows.above, edges.at(-1) ?? null, null, above),
        row(words.rows.notFinite, null, null, histogram.notFinite),
        ...(dead === null ? [] : [[layer + 1, name, words.rows.dead, null, null, null, dead] as const]),
      ];
    }),
  };
}
