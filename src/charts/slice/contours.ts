/** Contour lines through a slice of the loss, by marching squares (d3-contour). */
import { contours, ticks } from 'd3';
import type { SliceReport } from '../../measurements/reports/slice.ts';
import { completeSpacing } from './slices.ts';

/** From this ratio of the highest to the lowest loss on, levels follow the logarithm. */
const WIDE = 20;
const LEVELS = 8;

/** The losses of contour lines: round numbers between the lowest and the highest, shared by all slices. */
export function contourLevels({ low, high }: { readonly low: number; readonly high: number }): number[] {
  if (!(high > low)) return [];
  if (high / low < WIDE) return ticks(low, high, LEVELS).filter((level) => level > low && level < high);
  const from = Math.floor(Math.log10(low));
  const powers = Array.from({ length: Math.ceil(Math.log10(high)) - from }, (_, index) => from + index);
  const each = powers.length > 3 ? [1] : [1, 2, 5];
  return powers
    .flatMap((power) => each.map((digit) => Number(`${digit}e${power}`)))
    .filter((level) => level > low && level < high);
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
 * @returns for each level, lines of [x, y] as shares of the width and height, the first direction to the right and the second up
 */
export function contourLines(report: SliceReport, levels: readonly number[]): [x: number, y: number][][][] {
  const { side, losses } = report;
  const spacing = completeSpacing(report);
  if (spacing === null) return levels.map(() => []);
  const size = (side - 1) / spacing + 1;
  const values = Array.from({ length: size * size }, (_, index) => {
    const loss = losses[Math.floor(index / size) * spacing * side + (index % size) * spacing] ?? Number.NaN;
    // What overflows is above every level.
    return Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss;
  });
  const share = (at: number) => ((at - 0.5) * spacing + 0.5) / side;
  const lines = contours().size([size, size]);
  return levels.map((level) =>
    lines
      .contour(values, level)
      .coordinates.flat()
      .flatMap((ring) => withoutBorder(ring as unknown as readonly Position[], size))
      .map((part) => part.map(([x, y]): [number, number] => [share(x), 1 - share(y)])),
  );
}
