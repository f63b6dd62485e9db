/** Holds an op's backward against central finite differences of its forward. For tests only. */

import { normal, random } from '../network/random.ts';
import { derivativeBy } from './centralDifference.ts';
import { at, type Batch, type Tensor, zeros } from './reference.ts';

/** Shapes with even and odd sides down to a single pixel, and 1, 3 and 5 channels. */
export const batchShapes: readonly Batch['shape'][] = [
  [2, 7, 7, 3],
  [3, 5, 5, 1],
  [2, 1, 1, 5],
  [2, 4, 6, 3],
  [1, 2, 3, 5],
];

/** Normal noise; the same for the same name. */
export function noise<S extends readonly number[]>(shape: S, name: string) {
  const next = normal(random(1, name));
  const tensor = zeros(shape);
  return { ...tensor, values: tensor.values.map(() => next()) };
}

/**
 * The largest relative difference between the gradients that `backward` gives and finite
 * differences of `loss`, over every value of every tensor. Differences are relative to the
 * gradient, or to the root mean square of its tensor where that is larger.
 *
 * @param gradients by each of the tensors, in turn
 * @param loss reads the tensors, which are nudged in place
 */
export function gradientError(tensors: readonly Tensor[], gradients: readonly Tensor[], loss: () => number): number {
  const errors = tensors.map((tensor, which) => {
    const values = gradients[which]?.values ?? new Float64Array();
    if (values.length !== tensor.values.length) return Number.POSITIVE_INFINITY;
    const expected = tensor.values.map((_, i) => derivativeBy(tensor.values, i, loss));
    const size = Math.sqrt(expected.reduce((sum, value) => sum + value * value, 0) / expected.length);
    return Math.max(...expected.map((value, i) => Math.abs(at(values, i) - value) / Math.max(Math.abs(value), size)));
  });
  return Math.max(...errors);
}

/** Σ dy · y: a loss whose gradient by y is `dy`. */
export function along(dy: Tensor, y: Tensor): number {
  return y.values.reduce((sum, value, i) => sum + value * at(dy.values, i), 0);
}
