/**
 * A dense layer is a conv without padding whose kernel is as large as its input: an image's values,
 * flattened in row, column, channel order, times a matrix.
 */
import { addAt, at, type Batch, type ReferenceOp, single, type Tensor, weighted, zeros } from '../reference.ts';
import type { Dense } from './op.ts';

/**
 * @param x [N, H, W, C]
 * @param weight [H · W · C, units]
 * @param bias [units], or null
 * @returns [N, 1, 1, units]
 */
export function forward(x: Batch, weight: Tensor, bias: Tensor | null): Batch {
  const [inputs = 0, units = 0] = weight.shape;
  const y = zeros([x.shape[0], 1, 1, units] as const);
  y.values.forEach((_, index) => {
    const unit = index % units;
    const image = Math.floor(index / units);
    let sum = bias ? at(bias.values, unit) : 0;
    for (let i = 0; i < inputs; i++) sum += at(x.values, image * inputs + i) * at(weight.values, i * units + unit);
    y.values[index] = sum;
  });
  return y;
}

/** Gradients by input, weight and bias. */
export function backward(
  x: Batch,
  weight: Tensor,
  dy: Batch,
): { readonly x: Batch; readonly weight: Tensor; readonly bias: Tensor } {
  const [inputs = 0, units = 0] = weight.shape;
  const dx = zeros(x.shape);
  const dWeight = zeros(weight.shape);
  const dBias = zeros([units]);
  dy.values.forEach((gradient, index) => {
    const unit = index % units;
    const image = Math.floor(index / units);
    for (let i = 0; i < inputs; i++) {
      addAt(dx.values, image * inputs + i, gradient * at(weight.values, i * units + unit));
      addAt(dWeight.values, i * units + unit, gradient * at(x.values, image * inputs + i));
    }
    addAt(dBias.values, unit, gradient);
  });
  return { x: dx, weight: dWeight, bias: dBias };
}

export const dense: ReferenceOp<Dense> = {
  forward: ({ op }, inputs, parameter) =>
    forward(single(inputs), parameter(op.weight), op.bias === null ? null : parameter(op.bias)),
  backward: ({ op }, dy, inputs, parameter) => weighted(op, backward(single(inputs), parameter(op.weight), dy)),
};
