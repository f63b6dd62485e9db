/** Marks at the whole positions 1, 2, … across a plot. */
import { ticks } from 'd3';
import type { Tick } from '../scale/ticks.ts';
import type { PlotArea } from './plotArea.ts';

/** Marks at the ends keep clear of the plot's edges. */
const INSET = 8;

/** The pixel of a position. @param count of positions */
export function positionX(area: PlotArea, count: number, position: number): number {
  const width = area.right - area.left - 2 * INSET;
  return area.left + INSET + (count > 1 ? (position - 1) / (count - 1) : 0.5) * width;
}

/** The position at a pixel; not rounded. */
export function positionAt(area: PlotArea, count: number, x: number): number {
  return 1 + ((x - area.left - INSET) / (area.right - area.left - 2 * INSET)) * (count - 1);
}

/** The first position and round ones. @param labels how many there is room for */
export function positionTicks(area: PlotArea, count: number, labels: number): Tick[] {
  if (count === 0) return [];
  const round = ticks(1, count, Math.max(2, labels)).filter(Number.isInteger);
  const [first = 1, second = first] = round;
  const between = round.filter((at) => at - 1 > (second - first) / 2);
  return [1, ...between].map((position) => ({
    value: position,
    at: (positionX(area, count, position) - area.left) / (area.right - area.left),
    label: String(position),
  }));
}
