/** Channel maps side by side: where their values are, and what they say. */

import { nice } from 'd3-array';
import { percent } from '../../messages/format.ts';
import { laterText } from '../../messages/laterText.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { colorsOn } from '../../plot/color.ts';
import type { FacetShape } from '../../plot/facets.tsx';
import { exact } from '../../plot/format.ts';
import type { ChartTable } from '../../plot/table.ts';
import type { ActivationMaps, InsideReport } from './report.ts';

const words = laterText.inside.maps;

/** One value of one map, all counted from 0. */
export interface MapPlace {
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}

type Shape = Pick<ActivationMaps, 'height' | 'width' | 'channels'>;

/** Values are no larger than this: a dense layer would fill the plot. */
const LARGEST_CELL = 32;

/** The maps as facets, a cell a value. */
export function facetsOf({ channels, height, width }: Shape): FacetShape {
  return { count: channels, width, height, largest: LARGEST_CELL, gap: 4 };
}

/** The place in these maps that is nearest to one in others. */
export function nearestPlace({ channels, height, width }: Shape, { channel, row, column }: MapPlace): MapPlace {
  const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, Math.round(value)));
  return { channel: within(channel, channels), row: within(row, height), column: within(column, width) };
}

/**
 * Where a key takes the cursor: arrows to the next value, over the edge of a map to the map beside it; Page Up and Page Down to the same
 * place of the next channel; Home and End to the first and the last value. Null for other keys.
 *
 * @param columns maps in a row
 */
export function movedIn(columns: number, shape: Shape, from: MapPlace, key: string): MapPlace | null {
  const { height, width, channels } = shape;
  switch (key) {
    case 'ArrowLeft':
      if (from.column > 0) return { ...from, column: from.column - 1 };
      return from.channel % columns > 0 ? { ...from, channel: from.channel - 1, column: width - 1 } : from;
    case 'ArrowRight':
      if (from.column < width - 1) return { ...from, column: from.column + 1 };
      return (from.channel + 1) % columns > 0 && from.channel + 1 < channels
        ? { ...from, channel: from.channel + 1, column: 0 }
        : from;
    case 'ArrowUp':
      if (from.row > 0) return { ...from, row: from.row - 1 };
      return from.channel >= columns ? { ...from, channel: from.channel - columns, row: height - 1 } : from;
    case 'ArrowDown':
      if (from.row < height - 1) return { ...from, row: from.row + 1 };
      return from.channel + columns < channels ? { ...from, channel: from.channel + columns, row: 0 } : from;
    case 'PageUp':
      return { ...from, channel: Math.max(0, from.channel - 1) };
    case 'PageDown':
      return { ...from, channel: Math.min(channels - 1, from.channel + 1) };
    case 'Home':
      return { channel: 0, row: 0, column: 0 };
    case 'End':
      return { channel: channels - 1, row: height - 1, column: width - 1 };
    default:
      return null;
  }
}

/** Index of a place among the values of a layer. */
export function indexOf({ width, channels }: Shape, { channel, row, column }: MapPlace): number {
  return (row * width + column) * channels + channel;
}

/** The lowest and the highest finite value; null where there is none. */
function extentOf({ values }: ActivationMaps): { readonly low: number; readonly high: number } | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > high ? null : { low, high };
}

/** One scale for all channels, with 0 on it. */
export function mapsAxis(maps: ActivationMaps): ValueAxis {
  const { low, high } = extentOf(maps) ?? { low: 0, high: 0 };
  if (low === 0 && high === 0) return { kind: 'linear', min: 0, max: 1 };
  const [min, max] = nice(Math.min(0, low), Math.max(0, high), 5);
  return { kind: 'linear', min, max };
}

/** The colours of all maps, channel by channel, as RGBA. */
export function mapsPixels(maps: ActivationMaps, axis: ValueAxis): Uint8ClampedArray<ArrayBuffer> {
  const { height, width, channels, values } = maps;
  const colored = colorsOn(axis);
  const pixels = new Uint8ClampedArray(4 * height * width * channels);
  for (let channel = 0; channel < channels; channel++) {
    for (let at = 0; at < height * width; at++) {
      const color = colored(values[at * channels + channel] ?? Number.NaN);
      pixels.set([...color, 255], 4 * (channel * height * width + at));
    }
  }
  return pixels;
}

/** Rows and columns of dense layers are not spoken of. */
export function placeText({ height, width }: ActivationMaps, { channel, row, column }: MapPlace): string {
  return height * width > 1 ? words.place(channel + 1, row + 1, column + 1) : words.place(channel + 1, null, null);
}

export function valueText(maps: ActivationMaps, place: MapPlace): string {
  return exact(maps.values[indexOf(maps, place)] ?? Number.NaN);
}

export function summarySentence(name: string, layer: string, { maps, image, step }: InsideReport): string {
  const extent = extentOf(maps);
  const shareOf = (condition: (value: number) => boolean) =>
    maps.values.reduce((count, value) => count + (condition(value) ? 1 : 0), 0) / Math.max(1, maps.values.length);
  const notFinite = shareOf((value) => !Number.isFinite(value));
  return words.summary({
    name,
    layer,
    image,
    step,
    extent: extent && [exact(extent.low), exact(extent.high)],
    zeros: percent(shareOf((value) => value === 0)),
    notFinite: notFinite > 0 ? percent(notFinite) : null,
  });
}

/** A row for every value, channel by channel. */
export function tableOf(report: InsideReport | null): ChartTable {
  if (!report) return { columns: words.columns, rows: [] };
  const { maps } = report;
  const { height, width, channels } = maps;
  return {
    columns: words.columns,
    rows: Array.from({ length: height * width * channels }, (_, index) => {
      const place = {
        channel: Math.floor(index / (height * width)),
        row: Math.floor(index / width) % height,
        column: index % width,
      };
      return [place.channel + 1, place.row + 1, place.column + 1, maps.values[indexOf(maps, place)] ?? null];
    }),
  };
}
