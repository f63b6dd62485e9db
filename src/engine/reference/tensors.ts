/** From the arrays of the engine interface to the reference's float64 tensors. */
import type { ImageSet } from '../../data/images.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import type { Batch, Tensor } from '../../ops/reference.ts';

/**
 * The value at `index` of a list.
 * @throws RangeError outside it
 */
export function item<T>(list: readonly (T | undefined)[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no item ${index}`);
  return value;
}

export interface Examples {
  /** [N, size, size, 1] */
  readonly images: Batch;
  /** [N] */
  readonly labels: Uint8Array;
}

/** @param values in the graph's parameter order; copied */
export function parameterTensors(graph: NetworkGraph, values: readonly ArrayLike<number>[]): Tensor[] {
  return graph.parameters.map(({ id, shape }) => ({ shape, values: Float64Array.from(item(values, id)) }));
}

/**
 * @param size side of the images in pixels
 * @param indices which images of the set
 */
export function gather(set: ImageSet, size: number, indices: Uint32Array): Examples {
  const values = new Float64Array(indices.length * size * size);
  indices.forEach((index, i) => {
    values.set(set.pixels.subarray(index * size * size, (index + 1) * size * size), i * size * size);
  });
  return {
    images: { shape: [indices.length, size, size, 1], values },
    labels: Uint8Array.from(indices, (index) => set.labels[index] ?? 0),
  };
}

/** √(Σ v²) */
export function l2Norm(values: Float64Array): number {
  return Math.sqrt(sumOfSquares(values));
}

export function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

export function allFinite(values: Float64Array): boolean {
  return values.every(Number.isFinite);
}
