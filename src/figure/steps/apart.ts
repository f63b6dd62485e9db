/**
 * Heights of labels that stand as near as they can to what they name without touching: from top to bottom each is
 * pushed below the one before it, then from the bottom up what went over the edge is pushed back.
 *
 * @param heights in pixels, in any order
 * @param distance from the middle of one label to that of the next
 * @param ends of the room that there is
 */
export function apart(
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
