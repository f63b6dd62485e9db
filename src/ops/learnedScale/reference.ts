/** One learned number times the input: y = s · x, ds = Σ dy · x, dx = s · dy. */
import { at, type Batch, map, type ReferenceOp, single, type Tensor } from '../reference.ts';
import type { LearnedScale } from './op.ts';

/** @param scale [1] */
export function forward(x: Batch, scale: Tensor): Batch {
  return map(x, (value) => at(scale.values, 0) * value);
}

/** Gradients by input and scale. */
export function backward(x: Batch, scale: Tensor, dy: Batch): { readonly x: Batch; readonly scale: Tensor } {
  const sum = dy.values.reduce((total, gradient, i) => total + gradient * at(x.values, i), 0);
  return { x: forward(dy, scale), scale: { shape: [1], values: Float64Array.of(sum) } };
}

export const learnedScale: ReferenceOp<LearnedScale> = {
  forward: ({ op }, inputs, parameter) => forward(single(inputs), parameter(op.scale)),
  backward({ op }, dy, inputs, parameter) {
    const by = backward(single(inputs), parameter(op.scale), dy);
    return { inputs: [by.x], parameters: [[op.scale, by.scale]] };
  },
};
