/** Global average pooling: the mean of each image's channel over all positions. */
import { addAt, at, type Batch, map, type ReferenceOp, single, zeros } from '../reference.ts';
import type { GlobalAveragePool } from './op.ts';

/** Index of the pooled value to which value `index` of a batch of shape `x` belongs. */
function pooledIndex([, rows, columns, channels]: Batch['shape'], index: number): number {
  return Math.floor(index / (rows * columns * channels)) * channels + (index % channels);
}

/**
 * @param x [N, H, W, C]
 * @returns [N, 1, 1, C]
 */
export function forward(x: Batch): Batch {
  const [images, rows, columns, channels] = x.shape;
  const y = zeros([images, 1, 1, channels] as const);
  x.values.forEach((value, i) => {
    addAt(y.values, pooledIndex(x.shape, i), value / (rows * columns));
  });
  return y;
}

/** Gradient by the input. */
export function backward(x: Batch, dy: Batch): Batch {
  const [, rows, columns] = x.shape;
  return map(x, (_, i) => at(dy.values, pooledIndex(x.shape, i)) / (rows * columns));
}

export const globalAveragePool: ReferenceOp<GlobalAveragePool> = {
  forward: (_node, inputs) => forward(single(inputs)),
  backward: (_node, dy, inputs) => ({ inputs: [backward(single(inputs), dy)] }),
};
