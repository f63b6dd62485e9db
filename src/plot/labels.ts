/**
 * Which labels along a line fit without touching one already kept: the first and the last come
 * first, then from left to right.
 *
 * @param centers in pixels, ascending
 * @param width of every label, space around it included
 */
export function uncrowded(centers: readonly number[], width: number): boolean[] {
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
