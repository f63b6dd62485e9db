/** One learned number times the input: y = s · x, ds = Σ dy · x, dx = s · dy. */
import { at, type Batch, map, type Tensor } from '../reference.ts';

/** @param scale [1] */
export function forward(x: Batch, scale: Tensor): Batch {
  return map(x, (value) => at(scale.values, 0) * value);
}

/** Gradients by input and scale. */
export function backward(x: Batch, scale: Tensor, dy: Batch): { readonly x: Batch; readonly scale: Tensor } {
  const sum = dy.values.reduce((total, gradient, i) => total + gradient * at(x.values, i), 0);
  return { x: forward(dy, scale), scale: { shape: [1], values: Float64Array.of(sum) } };
}
