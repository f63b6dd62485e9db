/**
 * The error function 2/√π ∫₀ˣ exp(−t²) dt, to about 10⁻¹⁵: the series of Abramowitz & Stegun 7.1.6, whose terms are all positive. Beyond 6
 * it is ±1 to the last digit of a float64.
 */
export function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
