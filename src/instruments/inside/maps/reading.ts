/** What maps of activations say, in figures and in words. */
import { nice } from 'd3';
import { percent } from '../../../messages/format.ts';
import { text } from '../../../messages/messages.ts';
import type { ValueAxis } from '../../../plot/axis.ts';
import { exact } from '../../../plot/format.ts';
import type { ChartTable } from '../../../plot/table.ts';
import type { ActivationMaps, InsideReport } from '../report.ts';
import { indexOf, type MapPlace } from './layout.ts';

const words = text.inside.maps;

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
