/** Group normalisation with its gradient in closed form, as batch norm's, of each image and group by itself. */
import * as tf from '@tensorflow/tfjs-core';
import { NORM_EPSILON } from '../batchNorm/op.ts';
import { channelSums } from '../sums.ts';
import { type Activations, single, type TfjsOp } from '../tfjs.ts';
import type { GroupNorm } from './op.ts';

/** Of each image, position, group and channel within the group. */
function grouped(x: Activations, groups: number): tf.Tensor4D {
  const [n, h, w, c] = x.shape;
  return tf.reshape(x, [n, h * w, groups, c / groups]);
}

/** Of each image's groups; first over positions, then over channels. */
function groupMeans(x: tf.Tensor4D): tf.Tensor {
  return tf.mean(tf.mean(x, 1, true), 3, true);
}

export const groupNorm: TfjsOp<GroupNorm> = {
  forward({ op }, inputs, parameter) {
    const x = single(inputs);
    const flat = grouped(x, op.groups);
    const centred = tf.sub(flat, groupMeans(flat)) as tf.Tensor4D;
    const inverse = tf.rsqrt(tf.add(groupMeans(tf.square(centred)), NORM_EPSILON));
    const hat: Activations = tf.reshape(tf.mul(centred, inverse), x.shape);
    return { output: tf.add(tf.mul(hat, parameter(op.scale)), parameter(op.shift)), saved: [hat, inverse] };
  },

  backward({ op }, dy, { saved }, parameter) {
    const [hat, inverse] = saved as [Activations, tf.Tensor];
    const byHat = grouped(tf.mul(dy, parameter(op.scale)), op.groups);
    const flat = grouped(hat, op.groups);
    const taken = tf.add(groupMeans(byHat), tf.mul(flat, groupMeans(tf.mul(byHat, flat))));
    const dx: Activations = tf.reshape(tf.mul(tf.sub(byHat, taken), inverse), dy.shape);
    const parameters = [
      { id: op.scale, gradient: channelSums(tf.mul(dy, hat)) },
      { id: op.shift, gradient: channelSums(dy) },
    ];
    return { inputs: [dx], parameters };
  },
};
