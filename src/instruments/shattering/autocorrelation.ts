/**
 * How alike the vectors of a series are, by how far they stand apart. All of it is computed from their inner products, and so
 * are the two noises that Balduzzi et al. (2017, arXiv 1702.08591, Fig. 2) compare gradients with: for many dimensions,
 * the inner products of independent numbers are as good as their expected values.
 */

/** Inner products of the vectors of a series, each with each. */
export type InnerProducts = readonly Float64Array[];

/** Two ways of saying how alike vectors are that stand `lag` apart. Both are 1 for equal vectors at a lag of 0. */
export const similarities = ['cosine', 'aboutMean'] as const;
export type Similarity = (typeof similarities)[number];

/**
 * @param values the vectors of the series, one after the other
 * @param count of vectors
 */
export function innerProducts(values: ArrayLike<number>, count: number): InnerProducts {
  const length = values.length / count;
  const product = (one: number, other: number) => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += (values[one * length + i] ?? 0) * (values[other * length + i] ?? 0);
    return sum;
  };
  return matrix(count, product);
}

/** Of `count` vectors of independent numbers: every one has its own direction. */
export function whiteNoise(count: number): InnerProducts {
  return matrix(count, (one, other) => (one === other ? 1 : 0));
}

/** Of a random walk's first `count` places: two of them share the steps up to the earlier one. */
export function brownNoise(count: number): InnerProducts {
  return matrix(count, (one, other) => 1 + Math.min(one, other));
}

/**
 * One value a lag, for the lags 1, 2, …
 *
 * - `cosine`: the mean, over all pairs `lag` apart, of ⟨gᵢ, gⱼ⟩ / |gᵢ||gⱼ|. Pairs with a vector of length 0 have no angle and
 *   are left out; NaN where none is left.
 * - `aboutMean`: what the paper plots for numbers, the autocorrelation function of a time series, for vectors:
 *   Σ ⟨gᵢ − ḡ, gᵢ₊ₗ − ḡ⟩ / Σ |gᵢ − ḡ|², where ḡ is the mean of the series. Longer vectors weigh more.
 *
 * @param lags how many
 */
export function autocorrelation(products: InnerProducts, similarity: Similarity, lags: number): number[] {
  const at = similarity === 'cosine' ? meanCosine : aboutMean(products);
  return Array.from({ length: lags }, (_, index) => at(products, index + 1));
}

function matrix(count: number, entry: (row: number, column: number) => number): InnerProducts {
  return Array.from({ length: count }, (_, row) =>
    Float64Array.from({ length: count }, (_, column) => entry(row, column)),
  );
}

function entry(products: InnerProducts, row: number, column: number): number {
  return products[row]?.[column] ?? Number.NaN;
}

/** The cosine between two vectors of the series; null where one has no length. */
export function cosine(products: InnerProducts, one: number, other: number): number | null {
  const lengths = Math.sqrt(entry(products, one, one)) * Math.sqrt(entry(products, other, other));
  return lengths === 0 ? null : entry(products, one, other) / lengths;
}

function meanCosine(products: InnerProducts, lag: number): number {
  const cosines = products.slice(lag).flatMap((_, index) => cosine(products, index, index + lag) ?? []);
  return mean(cosines);
}

function aboutMean(products: InnerProducts): (products: InnerProducts, lag: number) => number {
  const rows = products.map(mean);
  const all = mean(rows);
  const centred = matrix(
    products.length,
    (row, column) => entry(products, row, column) - (rows[row] ?? 0) - (rows[column] ?? 0) + all,
  );
  const diagonal = (lag: number) =>
    centred.slice(lag).reduce((sum, _, index) => sum + entry(centred, index, index + lag), 0);
  const variance = diagonal(0);
  return (_, lag) => diagonal(lag) / variance;
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}
