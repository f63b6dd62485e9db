/** The addition that ends a residual block: the gradient goes to both terms undiminished. */
import { at, type Batch, map, type ReferenceOp, second, single } from '../reference.ts';
import type { Add } from './op.ts';

/** The sum of two batches of one shape. */
export function forward(a: Batch, b: Batch): Batch {
  return map(a, (value, i) => value + at(b.values, i));
}

/** Gradients by the two terms. */
export function backward(dy: Batch): readonly [Batch, Batch] {
  return [dy, dy];
}

export const add: ReferenceOp<Add> = {
  forward: (_node, inputs) => forward(single(inputs), second(inputs)),
  backward: (_node, dy) => ({ inputs: backward(dy) }),
};
