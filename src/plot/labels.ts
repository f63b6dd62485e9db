/** Where labels have room. */

/**
 * Which labels along a line fit without touching one already kept: the first and the last come
 * first, then from left to right.
 *
 * @param centers in pixels, ascending
 * @param width of every label, space around it included
 */
export function declutter(centers: readonly number[], width: number): boolean[] {
  const last = centers.length - 1;
  const kept: number[] = [];
  const fits = (center: number) => kept.every((other) => Math.abs(other - center) >= width);
  const result = centers.map(() => false);
  for (const index of [0, last, ...centers.keys()]) {
    const center = centers[index];
    if (center === undefined || result[index] || !fits(center)) continue;
    kept.push(center);
    result[index] = true;
  }
  return result;
}

/**
 * Dodges labels vertically, so that none touches another: from top to bottom each is pushed below the one before it, then
 * from the bottom up what went over the edge is pushed back.
 *
 * @param heights in pixels, in any order
 * @param distance from the middle of one label to that of the next
 * @param ends of the room that there is
 */
export function dodge(
  heights: readonly number[],
  distance: number,
  [top, bottom]: readonly [number, number],
): number[] {
  const order = [...heights.keys()].sort((one, other) => (heights[one] ?? 0) - (heights[other] ?? 0));
  const placed = [...heights];
  let free = top;
  for (const index of order) {
    placed[index] = Math.max(free, placed[index] ?? 0);
    free = (placed[index] ?? 0) + distance;
  }
  let limit = bottom;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(limit, placed[index] ?? 0);
    limit = (placed[index] ?? 0) - distance;
  }
  return placed;
}

interface CrossLabel {
  /** `full` says "diverged at step 12", `short` the step alone. */
  readonly text: 'full' | 'short' | null;
  readonly side: 'left' | 'right';
}

/** Pixels that a label takes beside its cross. */
interface LabelWidths {
  readonly full: number;
  readonly short: number;
}

type Interval = readonly [from: number, to: number];

/** Half a cross and the space around it. */
const CROSS = 8;

function touches([from, to]: Interval, others: readonly Interval[]): boolean {
  return others.some(([otherFrom, otherTo]) => from < otherTo && to > otherFrom);
}

/**
 * The labels of crosses in a row: in full where there is room beside the other crosses and labels, else short, else none.
 * They stand at the right, or at the left where the plot ends.
 *
 * @param centers of the crosses, in pixels
 * @param right end of the plot
 */
export function crossLabels(centers: readonly number[], widths: LabelWidths, right: number): CrossLabel[] {
  const crosses = centers.map((x): Interval => [x - CROSS, x + CROSS]);
  const taken: Interval[] = [];
  return centers.map((x, index) => {
    const others = [...crosses.filter((_, other) => other !== index), ...taken];
    for (const text of ['full', 'short'] as const) {
      const side = x + CROSS + widths[text] > right ? 'left' : 'right';
      const place: Interval =
        side === 'right' ? [x + CROSS, x + CROSS + widths[text]] : [x - CROSS - widths[text], x - CROSS];
      if (touches(place, others)) continue;
      taken.push(place);
      return { text, side };
    }
    return { text: null, side: 'right' };
  });
}
