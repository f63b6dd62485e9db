/** About the cube root of float64's resolution, where rounding and curvature cost equally little. */
const NUDGE = 1e-5;

/** The derivative of a loss by what a nudge moves, (L(h) − L(−h)) / 2h. */
export function centralDifference(lossWith: (nudge: number) => number): number {
  return (lossWith(NUDGE) - lossWith(-NUDGE)) / (2 * NUDGE);
}

/** By one of the numbers that the loss reads, which is nudged in place. */
export function derivativeBy(values: Float64Array, index: number, loss: () => number): number {
  const value = values[index] ?? Number.NaN;
  const derivative = centralDifference((nudge) => {
    values[index] = value + nudge;
    return loss();
  });
  values[index] = value;
  return derivative;
}
