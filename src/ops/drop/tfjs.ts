/** Dropout and stochastic depth: a product with the step's mask, which is drawn on the CPU like the minibatch; in evaluation with `keep`. */
import * as tf from '@tensorflow/tfjs-core';
import { type Activations, single, type TfjsOp } from '../tfjs.ts';
import { maskOf } from './mask.ts';
import type { Drop } from './op.ts';

export const drop: TfjsOp<Drop> = {
  forward(node, inputs, _parameter, draw) {
    const x = single(inputs);
    if (draw === null) return { output: tf.mul(x, node.op.keep), saved: [] };
    const values = maskOf(node, draw, x.size);
    const mask = node.op.unit === 'minibatch' ? tf.tensor(values, [1]) : tf.tensor(values, x.shape);
    return { output: tf.mul(x, mask), saved: [mask] };
  },

  backward(_node, dy, { saved: [mask] }) {
    if (mask === undefined) throw new RangeError('no mask from the way forwards');
    return { inputs: [tf.mul(dy, mask) as Activations], parameters: [] };
  },
};
