/** Steps and errors in pixels. */
import { line } from 'd3';
import type { PlotArea } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import type { Point } from '../../plot/marks.tsx';
import { placer, stepLabels, type Tick } from '../../plot/scale.ts';

export function stepTicks(lastStep: number, labels: number): Tick[] {
  return stepLabels(lastStep, labels).map((tick) => ({ ...tick, at: tick.value / lastStep }));
}

/** Pixels of a value on the vertical axis; null where it has no place on it. */
export function toY(axis: ValueAxis, area: PlotArea, value: number): number | null {
  const { at, mark } = placer(axis)(value);
  const isOnAxis = mark === 'value' || (mark === 'zero' && axis.kind === 'linear');
  return isOnAxis ? area.bottom - at * (area.bottom - area.top) : null;
}

export function toX(lastStep: number, area: PlotArea, step: number): number {
  return area.left + (step / lastStep) * (area.right - area.left);
}

/** SVG path data through the points; the line breaks where a value has no place on the axis. */
export function linePath(points: readonly Point[], lastStep: number, axis: ValueAxis, area: PlotArea): string {
  const path = line<readonly [number, number | null]>()
    .x(([x]) => x)
    .y(([, y]) => y ?? 0)
    .defined(([, y]) => y !== null)
    .digits(1);
  return path(points.map((point) => [toX(lastStep, area, point.x), toY(axis, area, point.y)])) ?? '';
}
