/** Contour lines through a slice of the loss, by marching squares (d3-contour). */
import { contours, ticks } from 'd3';
import { type Extent, roundLosses, thinned } from './axis.ts';
import type { SliceReport } from './report.ts';
import { completeSpacing } from './slices.ts';

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
