/** A gate: σ(z) or 1 − σ(z) = σ(−z) of the input passes. */
import * as tf from '@tensorflow/tfjs-core';
import { type Activations, single, type TfjsOp } from '../tfjs.ts';
import type { Gate } from './op.ts';

export const gate: TfjsOp<Gate> = {
  forward({ op }, inputs) {
    const z = single(inputs.slice(1));
    const openness = tf.sigmoid(op.part === 'open' ? z : tf.neg(z));
    return { output: tf.mul(single(inputs), openness), saved: [openness] };
  },

  backward({ op }, dy, { inputs, saved }) {
    const openness = saved[0] as Activations;
    const slope = tf.mul(openness, tf.sub(1, openness));
    const byOpenness = tf.mul(dy, single(inputs));
    const dz = tf.mul(byOpenness, op.part === 'open' ? slope : tf.neg(slope)) as Activations;
    return { inputs: [tf.mul(dy, openness), dz], parameters: [] };
  },
};
