/** Activation functions. Most derivatives can be written in terms of the output. */
import * as tf from '@tensorflow/tfjs-core';
import { type Activations, single, type TfjsOp } from '../tfjs.ts';
import { type Activation, type Dipping, dips, LEAKY_SLOPE } from './op.ts';

type Fn = Activation['fn'];

/** The share of normal numbers below x. */
const normalShare = (x: Activations): Activations => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);

const apply: Record<Fn, (x: Activations) => Activations> = {
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  relu: (x) => tf.relu(x),
  leaky: (x) => tf.leakyRelu(x, LEAKY_SLOPE),
  elu: (x) => tf.elu(x),
  gelu: (x) => tf.mul(x, normalShare(x)),
  silu: (x) => tf.mul(x, tf.sigmoid(x)),
};

/** f′(x) as a function of y = f(x); at the kink of ReLU the derivative on the left. */
export const derivativeFromOutput: Record<Exclude<Fn, Dipping>, (y: Activations) => Activations> = {
  sigmoid: (y) => tf.mul(y, tf.sub(1, y)),
  tanh: (y) => tf.sub(1, tf.square(y)),
  relu: (y) => tf.step(y),
  leaky: (y) => tf.add(tf.mul(tf.step(y), 1 - LEAKY_SLOPE), LEAKY_SLOPE),
  elu: (y) => tf.minimum(tf.add(y, 1), 1),
};

const derivativeFromInput: Record<Dipping, (x: Activations) => Activations> = {
  gelu(x) {
    const density = tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return tf.add(normalShare(x), tf.mul(x, density));
  },
  silu(x) {
    const open = tf.sigmoid(x);
    return tf.mul(open, tf.add(1, tf.mul(x, tf.sub(1, open))));
  },
};

export const activation: TfjsOp<Activation> = {
  forward: (node, inputs) => ({ output: apply[node.op.fn](single(inputs)), saved: [] }),
  backward({ op: { fn } }, dy, kept) {
    const slope = dips(fn) ? derivativeFromInput[fn](single(kept.inputs)) : derivativeFromOutput[fn](kept.output);
    return { inputs: [tf.mul(dy, slope)], parameters: [] };
  },
};
