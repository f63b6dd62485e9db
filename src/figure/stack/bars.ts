/**
 * The live part of a stack: one bar a weight layer, all bars in one path, so that a new step changes
 * a few attributes however deep the network is. What has no length on the axis gets a mark.
 */

import type { ValueAxis } from '../../plot/axis.ts';
import type { Mark } from '../../plot/scale.ts';
import { barRow } from '../bars/rows.ts';
import type { Span } from './lanes.ts';
import { at, GAP } from './rows.ts';

/**
 * SVG path data by what it stands for, empty where there is nothing to draw: `value` bars to fill;
 * `above` the chevrons on bars that are cut off; `below` triangles that point out of the axis; `zero`
 * rings beside it, not to be taken for a tiny value; `notFinite` lines along the whole axis, to be hatched. All but `value` are strokes.
 */
export type BarPaths = Readonly<Record<Mark, string>>;

/**
 * @param values one a weight layer, input first; layers without one get nothing
 * @param rowOf the row of each weight layer
 */
export function barPaths(
  values: ArrayLike<number>,
  rowOf: readonly number[],
  axis: ValueAxis,
  rowHeight: number,
  { from, to }: Span,
): BarPaths {
  const paths = { value: '', above: '', below: '', zero: '', notFinite: '' };
  let lastRing = Number.NEGATIVE_INFINITY;
  const frame = { x: from, width: to - from, rowHeight, gap: GAP };
  rowOf.forEach((row, layer) => {
    const value = values[layer];
    if (value === undefined) return;
    const { y, width, height, mark } = barRow(value, axis, frame, layer, row * rowHeight);
    const half = at(height / 2);
    switch (mark) {
      case 'above':
        paths.above += `M${at(to - 6)},${at(y)}l5,${half}l-5,${half}`;
        paths.value += bar(from, y, width, height);
        break;
      case 'value':
        paths.value += bar(from, y, width, height);
        break;
      case 'below':
        paths.below += `M${at(from + 6)},${at(y)}l-5,${half}l5,${half}z`;
        break;
      case 'zero':
        // Rows of a few pixels share one.
        if (row * rowHeight - lastRing < 2 * RING + GAP) break;
        lastRing = row * rowHeight;
        paths.zero += ring(from + RING + GAP, y + height / 2);
        break;
      case 'notFinite':
        paths.notFinite += `M${at(from)},${at(y + height / 2)}H${at(to)}`;
    }
  });
  return paths;
}

/** Its radius, in pixels. */
const RING = 3;

function ring(x: number, y: number): string {
  const half = `a${RING},${RING} 0 0 1`;
  return `M${at(x - RING)},${at(y)}${half} ${2 * RING},0${half} ${-2 * RING},0z`;
}

function bar(x: number, y: number, width: number, height: number): string {
  return `M${at(x)},${at(y)}h${at(width)}v${at(height)}h${at(-width)}z`;
}
