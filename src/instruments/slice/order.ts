import { spacings } from './report.ts';

/**
 * The points of a slice in the order in which they are computed: the middle, then lattices over the whole slice, each finer than the
 * one before, without the points that are known already.
 *
 * @param side points along each direction
 * @returns indices into the losses of a report, each once
 */
export function coarseToFine(side: number, directions: 1 | 2): number[] {
  const middle = (side - 1) / 2;
  const order = new Set([directions === 1 ? middle : middle * side + middle]);
  for (const spacing of spacings(side)) {
    for (let row = 0; row < (directions === 1 ? 1 : side); row += spacing) {
      for (let column = 0; column < side; column += spacing) order.add(row * side + column);
    }
  }
  return [...order];
}
