/** What a chart over layers tells the other charts, and marks of what is pointed at in them. */
import { type Place, pointedOutside, usePointed } from '../../plot/pointed.ts';
import type { LayerSeries } from './series.ts';

/** The layer of every network at a position, counted from 1. */
export function placeAt(series: readonly LayerSeries[], position: number): Place {
  const layers = series.flatMap(({ id, layers }) => {
    const layer = layers[position - 1];
    return layer === undefined ? [] : [[id, layer] as const];
  });
  return { layers: Object.fromEntries(layers), step: null };
}

/** The positions of the layers of a place, without repeats. */
export function positionsOf(series: readonly LayerSeries[], place: Place | null): number[] {
  const found = series.map(({ id, layers }) => 1 + layers.indexOf(place?.layers[id] ?? -1));
  return [...new Set(found.filter((position) => position > 0))];
}

/** The positions of the layers that are pointed at in other charts. */
export function usePositionsOutside(series: readonly LayerSeries[], chart: string): number[] {
  return positionsOf(
    series,
    usePointed((all) => pointedOutside(all, chart)),
  );
}
