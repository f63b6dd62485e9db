/**
 * The live part of a stack: one bar a weight layer, as one path, so that a new step changes a few
 * attributes however deep the network is. What has no length on the axis gets a mark of its own.
 */
import type { Span } from './lanes.ts';
import { at, band } from './rows.ts';

/** Paths by what they stand for; each is empty where there is nothing to draw. */
export interface BarMarks {
  readonly bars: string;
  /** Circles: exactly 0, which no logarithmic axis can show. */
  readonly zeros: string;
  /** Triangles that point left: smaller than the axis reaches. */
  readonly below: string;
  /** Triangles that point right, behind a bar of full length: larger than the axis reaches. */
  readonly above: string;
  /** Crosses: infinite, or not a number. */
  readonly broken: string;
}

/**
 * @param values one a weight layer, input first; undefined where nothing was recorded
 * @param rowOf the row of each weight layer
 * @param position of a value on the axis: 0 at its start, 1 at its end, beyond them outside
 */
export function barMarks(
  values: ArrayLike<number>,
  rowOf: readonly number[],
  rowHeight: number,
  lane: Span,
  position: (value: number) => number,
): BarMarks {
  const marks = { bars: '', zeros: '', below: '', above: '', broken: '' };
  const { from, to } = lane;
  rowOf.forEach((row, layer) => {
    const value = values[layer];
    if (value === undefined) return;
    const { top, height } = band(row, rowHeight);
    const middle = top + height / 2;
    const size = Math.min(4, Math.max(2, height / 2));
    if (!Number.isFinite(value)) {
      marks.broken += cross(from + 6, middle, size);
      return;
    }
    const share = position(value);
    if (value === 0 && !(share >= 0)) marks.zeros += circle(from + 5, middle, size * 0.8);
    else if (!(share >= 0)) marks.below += triangle(from + 2 * size, from, middle, size);
    else {
      marks.bars += `M${at(from)},${at(top)}H${at(from + Math.min(1, share) * (to - from))}v${at(height)}H${at(from)}Z`;
      if (share > 1) marks.above += triangle(to + 3, to + 3 + 2 * size, middle, size);
    }
  });
  return marks;
}

function triangle(base: number, tip: number, middle: number, size: number): string {
  return `M${at(tip)},${at(middle)}L${at(base)},${at(middle - size)}V${at(middle + size)}Z`;
}

function circle(x: number, middle: number, radius: number): string {
  const r = at(radius);
  return `M${at(x - radius)},${at(middle)}a${r},${r} 0 1 0 ${at(2 * radius)},0a${r},${r} 0 1 0 ${at(-2 * radius)},0Z`;
}

function cross(x: number, middle: number, size: number): string {
  const [left, right, top, bottom] = [x - size, x + size, middle - size, middle + size].map(at);
  return `M${left},${top}L${right},${bottom}M${right},${top}L${left},${bottom}`;
}
