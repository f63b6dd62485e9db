/** Max pooling, 2×2, stride 2: each window passes its largest value on, and the gradient back to the first that has it. */
import { addAt, at, type Batch, type ReferenceOp, single, zeros } from '../reference.ts';
import { forEachWindow, pooledShape } from '../windows.ts';
import type { MaxPool } from './op.ts';

function firstLargest(x: Batch, members: readonly number[]): number {
  return members.reduce((best, index) => (at(x.values, index) > at(x.values, best) ? index : best));
}

/**
 * @param x [N, H, W, C]
 * @returns [N, ⌈H / 2⌉, ⌈W / 2⌉, C]
 */
export function forward(x: Batch): Batch {
  const y = zeros(pooledShape(x.shape));
  forEachWindow(x, (pooled, members) => {
    y.values[pooled] = at(x.values, firstLargest(x, members));
  });
  return y;
}

/** Gradient by the input. */
export function backward(x: Batch, dy: Batch): Batch {
  const dx = zeros(x.shape);
  forEachWindow(x, (pooled, members) => addAt(dx.values, firstLargest(x, members), at(dy.values, pooled)));
  return dx;
}

export const maxPool: ReferenceOp<MaxPool> = {
  forward: (_node, inputs) => forward(single(inputs)),
  backward: (_node, dy, inputs) => ({ inputs: [backward(single(inputs), dy)] }),
};
