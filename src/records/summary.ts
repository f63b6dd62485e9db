/** Pure summaries of what was measured: single numbers that stand above or beside a chart. */

/** The line with the smallest sum of squared distances in y; null for fewer than two different x. */
export function leastSquaresLine(
  points: readonly (readonly [x: number, y: number])[],
): { readonly slope: number; readonly intercept: number } | null {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (!(spread > 0)) return null;
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  return { slope, intercept: meanY - slope * meanX };
}

/**
 * By what factor a gradient changes from one conv layer to the next towards the input:
 * exp of the least-squares slope of ln(gradient) against the distance from the output. Below
 * 1 it vanishes, above 1 it explodes. Layers whose gradient is 0 or not finite have no logarithm
 * and are skipped; they keep their place in the distance.
 *
 * @param gradient one value a conv layer, input first
 * @returns null if fewer than two layers can be used
 */
export function factorPerLayer(gradient: ArrayLike<number>): number | null {
  const points = Array.from(gradient, (value, layer) => [gradient.length - layer, Math.log(value)] as const);
  const line = leastSquaresLine(points.filter(([, logarithm]) => Number.isFinite(logarithm)));
  return line && Math.exp(line.slope);
}

/** The middle value, or the mean of the middle two; null of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

export interface Range {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The mean, the lowest and the highest value; null of nothing. */
export function rangeOf(values: readonly number[]): Range | null {
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, low: Math.min(...values), high: Math.max(...values) };
}

/** Every value once, ascending. */
export function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((one, other) => one - other);
}
