/**
 * A fully connected layer. Its products are written with explicit transposes: on `wasm` a product
 * of transposed operands takes a slow path.
 */
import * as tf from '@tensorflow/tfjs-core';
import { type Activations, type Gradients, single, type TfjsOp } from '../tfjs.ts';
import type { Dense } from './op.ts';

function asRows(x: Activations): tf.Tensor2D {
  const [n, h, w, c] = x.shape;
  return tf.reshape(x, [n, h * w * c]);
}

export const dense: TfjsOp<Dense> = {
  forward(node, inputs, parameter) {
    const x = asRows(single(inputs));
    const product = tf.matMul(x, parameter(node.op.weight) as tf.Tensor2D);
    const y = node.op.bias === null ? product : tf.add(product, parameter(node.op.bias));
    return { output: tf.reshape(y, [x.shape[0], ...node.shape]), saved: [] };
  },

  backward(node, dy, kept, parameter): Gradients {
    const x = single(kept.inputs);
    const gradient = asRows(dy);
    const parameters = [{ id: node.op.weight, gradient: tf.matMul(tf.transpose(asRows(x)), gradient) as tf.Tensor }];
    if (node.op.bias !== null) parameters.push({ id: node.op.bias, gradient: tf.sum(gradient, 0) });
    const weight = parameter(node.op.weight) as tf.Tensor2D;
    const inputs = kept.needsInput
      ? [tf.reshape(tf.matMul(gradient, tf.transpose(weight)), x.shape) as Activations]
      : [];
    return { inputs, parameters };
  },
};
