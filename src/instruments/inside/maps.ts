/** Channel maps side by side in a plot: as large as they can be, each value a square. */

import { nice } from 'd3-array';
import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { exact } from '../../plot/format.ts';
import type { ChartTable } from '../../plot/table.ts';
import type { ActivationMaps, InsideReport } from './report.ts';

const words = text.inside.maps;

export interface MapsLayout {
  /** Maps in a row, and rows. */
  readonly columns: number;
  readonly rows: number;
  /** Pixels of the side of a value. */
  readonly cell: number;
  /** Pixels between two maps. */
  readonly gap: number;
}

/** One value of one map, all counted from 0. */
export interface MapPlace {
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}

type Shape = Pick<ActivationMaps, 'height' | 'width' | 'channels'>;

/** Values are no larger than this: a dense layer would fill the plot. */
const LARGEST_CELL = 32;

/** @param room width and height in pixels */
export function mapsLayout(
  room: { readonly width: number; readonly height: number },
  shape: Shape,
  gap = 4,
): MapsLayout {
  let best: MapsLayout = { columns: 1, rows: shape.channels, cell: 0, gap };
  for (let columns = 1; columns <= shape.channels; columns++) {
    const rows = Math.ceil(shape.channels / columns);
    const across = (room.width - (columns - 1) * gap) / (columns * shape.width);
    const down = (room.height - (rows - 1) * gap) / (rows * shape.height);
    const cell = Math.min(LARGEST_CELL, across, down);
    // A strip rather than a block, where both are as large.
    if (cell >= best.cell) best = { columns, rows, cell, gap };
  }
  return { ...best, cell: Math.max(0, best.cell) };
}

/** The upper left corner of a map, in pixels. */
export function cornerOf({ columns, cell, gap }: MapsLayout, { height, width }: Shape, channel: number) {
  return {
    x: (channel % columns) * (width * cell + gap),
    y: Math.floor(channel / columns) * (height * cell + gap),
  };
}

/** The value at a pixel; the nearest of the map that is there, or null where there is no map. */
export function placeAt(layout: MapsLayout, shape: Shape, x: number, y: number): MapPlace | null {
  const { columns, cell, gap } = layout;
  const across = Math.floor(x / (shape.width * cell + gap));
  const channel = Math.floor(y / (shape.height * cell + gap)) * columns + across;
  if (across < 0 || across >= columns || channel < 0 || channel >= shape.channels) return null;
  const corner = cornerOf(layout, shape, channel);
  const within = (offset: number, side: number) => Math.min(side - 1, Math.max(0, Math.floor(offset / cell)));
  return { channel, row: within(y - corner.y, shape.height), column: within(x - corner.x, shape.width) };
}

/**
 * Where a key takes the cursor: arrows to the next value, over the edge of a map to the map beside it; Page Up and Page Down to the same
 * place of the next channel; Home and End to the first and the last value. Null for other keys.
 */
export function movedIn({ columns }: MapsLayout, shape: Shape, from: MapPlace, key: string): MapPlace | null {
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
