/** Depths and errors in pixels. */
import { area as bandShape, line } from 'd3';
import type { PlotArea } from '../frame/plotArea.ts';
import { uncrowded } from '../frame/uncrowded.ts';
import type { ValueAxis } from '../scale/axis.ts';
import type { Tick } from '../scale/ticks.ts';
import { type DepthGroup, type Summary, summary } from './groups.ts';

export interface DepthPlane {
  readonly area: PlotArea;
  readonly axis: ValueAxis;
  /** Shallowest and deepest. */
  readonly depths: readonly [number, number];
}

/** Dots at the ends keep clear of the plot's edges. */
const INSET = 14;

/** Pixels of a depth, on a linear scale; a single depth stands in the middle. */
export function depthX({ area, depths: [shallow, deep] }: DepthPlane, depth: number): number {
  if (shallow === deep) return (area.left + area.right) / 2;
  const left = area.left + INSET;
  return left + ((depth - shallow) / (deep - shallow)) * (area.right - INSET - left);
}

/** The depth at a pixel. */
export function depthAt({ area, depths: [shallow, deep] }: DepthPlane, x: number): number {
  const left = area.left + INSET;
  return shallow + ((x - left) / (area.right - INSET - left)) * (deep - shallow);
}

/** Pixels of an error. */
export function errorY({ area, axis }: DepthPlane, error: number): number {
  return area.bottom - (error / axis.max) * (area.bottom - area.top);
}

/** A tick at every depth that has runs, numbered where there is room. */
export function depthTicks(plane: DepthPlane, depths: readonly number[], labelWidth: number): Tick[] {
  const { left, right } = plane.area;
  const centers = depths.map((depth) => depthX(plane, depth));
  const shown = uncrowded(centers, labelWidth);
  return depths.map((depth, index) => ({
    value: depth,
    at: ((centers[index] ?? left) - left) / (right - left),
    label: shown[index] ? String(depth) : '',
  }));
}

interface Stop extends Summary {
  readonly depth: number;
}

function stops(groups: readonly DepthGroup[]): Stop[] {
  return groups.flatMap((group) => {
    const found = summary(group);
    return found === null ? [] : [{ depth: group.depth, ...found }];
  });
}

/** The line through the means, as SVG path data. */
export function meanLine(groups: readonly DepthGroup[], plane: DepthPlane): string {
  const path = line<Stop>()
    .x((stop) => depthX(plane, stop.depth))
    .y((stop) => errorY(plane, stop.mean))
    .digits(1);
  return path(stops(groups)) ?? '';
}

/** The band from the lowest to the highest run, as SVG path data. */
export function rangeBand(groups: readonly DepthGroup[], plane: DepthPlane): string {
  const path = bandShape<Stop>()
    .x((stop) => depthX(plane, stop.depth))
    .y0((stop) => errorY(plane, stop.low))
    .y1((stop) => errorY(plane, stop.high))
    .digits(1);
  return path(stops(groups)) ?? '';
}

/** A dot for each run, where there are several: strokes of no length, to be drawn with round ends. */
export function seedDots(group: DepthGroup, plane: DepthPlane): string {
  if (group.errors.length < 2) return '';
  const x = depthX(plane, group.depth).toFixed(1);
  return group.errors.map((error) => `M${x},${errorY(plane, error).toFixed(1)}h0`).join('');
}
