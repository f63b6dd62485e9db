/** Settings and errors in pixels. */
import type { PlotArea } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { uncrowded } from '../../plot/labels.ts';
import type { Tick } from '../../plot/scale.ts';

export interface FinalPlane {
  readonly area: PlotArea;
  readonly axis: ValueAxis;
  /** Of the horizontal axis; places of settings that are no numbers are their indices, on a linear scale. */
  readonly scale: 'linear' | 'log';
  /** The first and the last place. */
  readonly ends: readonly [number, number];
}

/** Dots at the ends keep clear of the plot's edges. */
const INSET = 14;

/** Pixels of a place; a single one stands in the middle. */
export function placeX({ area, scale, ends: [first, last] }: FinalPlane, at: number): number {
  if (first === last) return (area.left + area.right) / 2;
  const left = area.left + INSET;
  const length = (value: number) => (scale === 'log' ? Math.log(value / first) : value - first);
  return left + (length(at) / length(last)) * (area.right - INSET - left);
}

/** The place at a pixel. */
export function placeAt({ area, scale, ends: [first, last] }: FinalPlane, x: number): number {
  const left = area.left + INSET;
  const share = (x - left) / (area.right - INSET - left);
  return scale === 'log' ? first * (last / first) ** share : first + share * (last - first);
}

/** Pixels of an error. */
export function errorY({ area, axis }: FinalPlane, error: number): number {
  return area.bottom - (error / axis.max) * (area.bottom - area.top);
}

/** A tick at every place that has runs, named where there is room. */
export function placeTicks(
  plane: FinalPlane,
  places: readonly number[],
  name: (at: number) => string,
  labelWidth: number,
): Tick[] {
  const { left, right } = plane.area;
  const centers = places.map((place) => placeX(plane, place));
  const shown = uncrowded(centers, labelWidth);
  return places.map((place, index) => ({
    value: place,
    at: ((centers[index] ?? left) - left) / (right - left),
    label: shown[index] ? name(place) : '',
  }));
}
