/** Average pooling, 2×2, stride 2: the mean of the values in each window, of those that are there at an odd edge. */
import { addAt, at, type Batch, type ReferenceOp, single, zeros } from '../reference.ts';
import { forEachWindow, pooledShape } from '../windows.ts';
import type { AveragePool } from './op.ts';

/**
 * @param x [N, H, W, C]
 * @returns [N, ⌈H / 2⌉, ⌈W / 2⌉, C]
 */
export function forward(x: Batch): Batch {
  const y = zeros(pooledShape(x.shape));
  forEachWindow(x, (pooled, members) => {
    y.values[pooled] = members.reduce((sum, index) => sum + at(x.values, index), 0) / members.length;
  });
  return y;
}

/** Gradient by the input. */
export function backward(x: Batch, dy: Batch): Batch {
  const dx = zeros(x.shape);
  forEachWindow(x, (pooled, members) => {
    for (const index of members) addAt(dx.values, index, at(dy.values, pooled) / members.length);
  });
  return dx;
}

export const averagePool: ReferenceOp<AveragePool> = {
  forward: (_node, inputs) => forward(single(inputs)),
  backward: (_node, dy, inputs) => ({ inputs: [backward(single(inputs), dy)] }),
};
