/**
 * Standard deviation around the mean of all values, in float64.
 *
 * @returns 0 of no values
 */
export function standardDeviation(values: ArrayLike<number>): number {
  let [mean, squares] = [0, 0];
  // Welford's recurrence: one pass, and no large sums to take from one another.
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    const apart = value - mean;
    mean += apart / (i + 1);
    squares += apart * (value - mean);
  }
  return values.length === 0 ? 0 : Math.sqrt(squares / values.length);
}
