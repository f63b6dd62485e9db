/**
 * Which points of a long column of numbers to draw: of each of the equal bins the lowest and the
 * highest finite value, in their order, and the first value that is not finite. A spike of one step
 * or a gap thus stays visible however many steps share a pixel.
 *
 * @param count values to look at, from the first
 * @returns indices, ascending; all of them where there is room for all
 */
export function decimate(values: ArrayLike<number>, count: number, bins: number): number[] {
  if (count <= 2 * bins) return Array.from({ length: count }, (_, index) => index);
  const kept = new Set<number>();
  for (let bin = 0; bin < bins; bin++) {
    const from = Math.floor((bin * count) / bins);
    const to = Math.floor(((bin + 1) * count) / bins);
    for (const index of extremes(values, from, to)) kept.add(index);
  }
  return [...kept].sort((one, other) => one - other);
}

function extremes(values: ArrayLike<number>, from: number, to: number): number[] {
  let low = -1;
  let high = -1;
  let gap = -1;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) gap = gap < 0 ? i : gap;
    else {
      if (low < 0 || value < (values[low] ?? 0)) low = i;
      if (high < 0 || value > (values[high] ?? 0)) high = i;
    }
  }
  return [low, high, gap].filter((index) => index >= 0);
}
