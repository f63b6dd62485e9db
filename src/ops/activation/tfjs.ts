/** Activation functions. Every derivative used here can be written in terms of the output, so the input need not be kept. */
import * as tf from '@tensorflow/tfjs-core';
import { type Activations, single, type TfjsOp } from '../tfjs.ts';
import { type Activation, LEAKY_SLOPE } from './op.ts';

type Fn = Activation['fn'];

const apply: Record<Fn, (x: Activations) => Activations> = {
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  relu: (x) => tf.relu(x),
  leaky: (x) => tf.leakyRelu(x, LEAKY_SLOPE),
};

/** f′(x) as a function of y = f(x); at the kink of ReLU the derivative on the left. */
export const derivativeFromOutput: Record<Fn, (y: Activations) => Activations> = {
  sigmoid: (y) => tf.mul(y, tf.sub(1, y)),
  tanh: (y) => tf.sub(1, tf.square(y)),
  relu: (y) => tf.step(y),
  leaky: (y) => tf.add(tf.mul(tf.step(y), 1 - LEAKY_SLOPE), LEAKY_SLOPE),
};

export const activation: TfjsOp<Activation> = {
  forward: (node, inputs) => ({ output: apply[node.op.fn](single(inputs)), saved: [] }),
  backward: (node, dy, kept) => ({
    inputs: [tf.mul(dy, derivativeFromOutput[node.op.fn](kept.output))],
    parameters: [],
  }),
};
