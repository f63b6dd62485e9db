/** The axis of losses around a network: tight, so that small differences have colours, and with round ends. */

import { ticks } from 'd3-array';
import { contours } from 'd3-contour';
import { power } from '../../messages/format.ts';
import { axisFrom0, powerOfTen, type ValueAxis } from '../../plot/axis.ts';
import { short } from '../../plot/format.ts';
import type { Point } from '../../plot/marks.tsx';
import { type Axis, axisTicks, type Label, rowsOf } from '../../plot/scale.ts';
import { completeSpacing, distanceOf, type SliceReport } from './report.ts';

export interface Extent {
  /** Infinite where there is nothing above 0. */
  readonly low: number;
  /** 0 where there is nothing. */
  readonly high: number;
}

/** The lowest and the highest finite loss above 0 of some slices. */
export function lossExtent(reports: readonly SliceReport[]): Extent {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const { losses } of reports) {
    for (const loss of losses) {
      if (loss === null || !(loss > 0) || !Number.isFinite(loss)) continue;
      low = Math.min(low, loss);
      high = Math.max(high, loss);
    }
  }
  return { low, high };
}

/** 1, 2 and 5 times the powers of ten from the last at or below `low` to the first at or above `high`. */
function roundLosses({ low, high }: Extent): number[] {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const powers = Array.from({ length: to - from + 1 }, (_, index) => powerOfTen(from + index));
  const all = powers.flatMap((power) => [1, 2, 5].map((digit) => Number((digit * power).toPrecision(1))));
  const first = all.findLastIndex((value) => value <= low);
  const last = all.findIndex((value) => value >= high);
  return all.slice(first, last + 1);
}

/** One axis for all slices, so that networks can be compared. */
export function sliceAxis(extent: Extent, kind: ValueAxis['kind']): ValueAxis {
  if (kind === 'linear') return axisFrom0([extent.high]);
  if (extent.high === 0) return { kind, min: 1, max: 10 };
  const [min = 1, ...others] = roundLosses(extent);
  return { kind, min, max: others.at(-1) ?? 10 * min };
}

/** Whether a round loss is a power of ten. */
function isPower(value: number): boolean {
  return value.toExponential(0).startsWith('1e');
}

/** At most so many: all of them, or else the powers of ten, evenly spaced. */
function thinned(losses: readonly number[], most: number): readonly number[] {
  if (losses.length <= most) return losses;
  const powers = losses.filter(isPower);
  const every = Math.ceil(powers.length / most);
  return powers.filter((_, index) => index % every === 0);
}

/** A round loss in figures: 0.5, 20, 5·10⁷. */
export function roundText(value: number): string {
  if (value >= 1e-3 && value <= 1e4) return short(value);
  const [digit = '', exponent = '0'] = value.toExponential(0).split('e');
  return isPower(value) ? power(Number(exponent)) : `${digit}·${power(Number(exponent))}`;
}

/** Numbers on such an axis. @param most about how many there is room for */
export function lossTicks(axis: ValueAxis, most: number): readonly Label[] {
  if (axis.kind === 'linear') return axisTicks(axis, most);
  const round = thinned(roundLosses({ low: axis.min, high: axis.max }), most);
  return round.map((value) => ({ value, label: roundText(value) }));
}

/** The same at a vertical axis. */
export const lossLabels: Axis['ticks'] = (scale, rem) => lossTicks(scale.axis, Math.min(6, rowsOf(scale, rem)));

/** Fewer than this, and they are evenly spaced instead. */
const FEWEST = 4;
const MOST = 8;

/** The losses of contour lines: round numbers between the lowest and the highest loss, shared by all slices. */
export function contourLevels(extent: Extent): readonly number[] {
  const { low, high } = extent;
  if (!(high > low)) return [];
  const isBetween = (level: number) => level > low && level < high;
  const levels = thinned(roundLosses(extent).filter(isBetween), MOST);
  return levels.length < FEWEST ? ticks(low, high, MOST - 2).filter(isBetween) : levels;
}

type Position = readonly [x: number, y: number];

/** Cuts a ring where it runs along the border of the grid: that is where the picture ends, and no contour. */
function withoutBorder(ring: readonly Position[], size: number): Position[][] {
  const isBorder = ([x, y]: Position) => x <= 0 || y <= 0 || x >= size || y >= size;
  const parts: Position[][] = [[]];
  for (const position of ring) {
    if (isBorder(position)) parts.push([]);
    else parts.at(-1)?.push(position);
  }
  return parts.filter((part) => part.length > 1);
}

/**
 * Lines of equal loss through the finest lattice that is known as a whole.
 *
 * @returns for each level, lines of points by their distances along the first direction and the second
 */
export function contourLines(report: SliceReport, levels: readonly number[]): Point[][][] {
  const { side, losses } = report;
  const spacing = completeSpacing(report);
  if (spacing === null) return levels.map(() => []);
  const size = (side - 1) / spacing + 1;
  const values = Array.from({ length: size * size }, (_, index) => {
    const loss = losses[Math.floor(index / size) * spacing * side + (index % size) * spacing] ?? Number.NaN;
    // What overflows is above every level.
    return Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss;
  });
  // In the grid, a value stands in the middle of its cell.
  const distance = (at: number) => distanceOf(report, (at - 0.5) * spacing);
  const lines = contours().size([size, size]);
  return levels.map((level) =>
    lines
      .contour(values, level)
      .coordinates.flat()
      .flatMap((ring) => withoutBorder(ring as unknown as readonly Position[], size))
      .map((part) => part.map(([x, y]) => ({ x: distance(x), y: distance(y) }))),
  );
}
