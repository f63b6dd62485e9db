/** Activation functions, value by value. ReLU's derivative at 0 is taken as 0, leaky ReLU's as its slope. */
import { at, type Batch, map, type ReferenceOp, single } from '../reference.ts';
import { erf } from './erf.ts';
import { type Activation, LEAKY_SLOPE } from './op.ts';

type ActivationFunction = Activation['fn'];

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** The share of normal numbers below x. */
const normalShare = (x: number) => (1 + erf(x / Math.SQRT2)) / 2;

const functions: Record<ActivationFunction, (x: number) => number> = {
  sigmoid,
  tanh: Math.tanh,
  relu: (x) => Math.max(x, 0),
  leaky: (x) => (x > 0 ? x : LEAKY_SLOPE * x),
  /** Clevert et al. 2016 (arXiv 1511.07289), with α = 1. */
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  /** Hendrycks & Gimpel 2016 (arXiv 1606.08415): the exact form, not the one by tanh. */
  gelu: (x) => x * normalShare(x),
  /** Elfwing et al. 2018 (arXiv 1702.03118); Ramachandran et al. 2017 call it swish. */
  silu: (x) => x * sigmoid(x),
};

const derivatives: Record<ActivationFunction, (x: number) => number> = {
  sigmoid: (x) => sigmoid(x) * (1 - sigmoid(x)),
  tanh: (x) => 1 - Math.tanh(x) ** 2,
  relu: (x) => (x > 0 ? 1 : 0),
  leaky: (x) => (x > 0 ? 1 : LEAKY_SLOPE),
  elu: (x) => (x > 0 ? 1 : Math.exp(x)),
  gelu: (x) => normalShare(x) + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI),
  silu: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))),
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
