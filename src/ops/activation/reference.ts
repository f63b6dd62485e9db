/** Activation functions, value by value. ReLU's derivative at 0 is taken as 0, leaky ReLU's as its slope. */
import { at, type Batch, map, type ReferenceOp, single } from '../reference.ts';
import { type Activation, LEAKY_SLOPE } from './op.ts';

type ActivationFunction = Activation['fn'];

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

const functions: Record<ActivationFunction, (x: number) => number> = {
  sigmoid,
  tanh: Math.tanh,
  relu: (x) => Math.max(x, 0),
  leaky: (x) => (x > 0 ? x : LEAKY_SLOPE * x),
};

const derivatives: Record<ActivationFunction, (x: number) => number> = {
  sigmoid: (x) => sigmoid(x) * (1 - sigmoid(x)),
  tanh: (x) => 1 - Math.tanh(x) ** 2,
  relu: (x) => (x > 0 ? 1 : 0),
  leaky: (x) => (x > 0 ? 1 : LEAKY_SLOPE),
};

export function forward(x: Batch, fn: ActivationFunction): Batch {
  return map(x, functions[fn]);
}

/** Gradient by the input. */
export function backward(x: Batch, fn: ActivationFunction, dy: Batch): Batch {
  return map(dy, (gradient, i) => gradient * derivatives[fn](at(x.values, i)));
}

export const activation: ReferenceOp<Activation> = {
  forward: ({ op }, inputs) => forward(single(inputs), op.fn),
  backward: ({ op }, dy, inputs) => ({ inputs: [backward(single(inputs), op.fn, dy)] }),
};
