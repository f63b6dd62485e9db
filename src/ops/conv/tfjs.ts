/**
 * Convolution, with both gradients written as forward convolutions. tfjs' `wasm` backend has no
 * kernel for the filter gradient, and its input gradient runs at a tenth of the speed of the forward
 * convolution, which XNNPACK computes:
 *
 * - by the input: dy, with zeros between its pixels where the stride was 2, convolved with the
 *   filter flipped in both directions and transposed;
 * - by the filter: x with its channels as batch, convolved with dy as the filter (dilated by the
 *   stride), summing over all images and positions.
 *
 * tfjs caches XNNPACK operators by the filter tensor; the tensors used as filters here are made
 * afresh for each call, so no cache entry is ever met again in another shape.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { OpNode } from '../op.ts';
import { spreadOut } from '../quads.ts';
import { channelSums } from '../sums.ts';
import { type Activations, type Gradients, single, type TfjsOp } from '../tfjs.ts';
import type { Conv } from './op.ts';

type Filter = tf.Tensor4D;

/** Flipped in both directions, input and output channels exchanged; a `reverse` is 30 times slower than this on wasm. */
function flipTransposed(filter: Filter): Filter {
  const [height, width, inputs, outputs] = filter.shape;
  const taps = height * width;
  const transposed = tf.transpose(tf.reshape(filter, [taps, inputs, outputs]), [0, 2, 1]);
  const flipped = taps === 1 ? transposed : tf.concat(tf.split(transposed, taps, 0).reverse(), 0);
  return tf.reshape(flipped, [height, width, outputs, inputs]);
}

function inputGradient(node: OpNode<Conv>, dy: Activations, filter: Filter, x: Activations): Activations {
  const [, height, width] = x.shape;
  const spread = node.op.stride === 1 ? dy : spreadOut(dy, height, width);
  return tf.conv2d(spread, flipTransposed(filter), 1, (node.op.kernel - 1) / 2);
}

function filterGradient(node: OpNode<Conv>, dy: Activations, x: Activations): Filter {
  const { kernel, stride } = node.op;
  const channelsFirst = tf.transpose(x, [3, 1, 2, 0]);
  const dyAsFilter = tf.transpose(dy, [1, 2, 0, 3]);
  const found = tf.conv2d(channelsFirst, dyAsFilter, 1, (kernel - 1) / 2, 'NHWC', stride);
  // With stride 2 the convolution may reach one tap further than the filter has.
  const [inputs, height, , outputs] = found.shape;
  const taps = height === kernel ? found : tf.slice(found, [0, 0, 0, 0], [inputs, kernel, kernel, outputs]);
  return tf.transpose(taps, [1, 2, 0, 3]);
}

export const conv: TfjsOp<Conv> = {
  forward(node, inputs, parameter) {
    const { kernel, stride, weight, bias } = node.op;
    const y = tf.conv2d(single(inputs), parameter(weight) as Filter, stride, (kernel - 1) / 2);
    return { output: bias === null ? y : tf.add(y, parameter(bias)), saved: [] };
  },

  backward(node, dy, kept, parameter): Gradients {
    const { weight, bias } = node.op;
    const x = single(kept.inputs);
    const parameters = [{ id: weight, gradient: filterGradient(node, dy, x) as tf.Tensor }];
    if (bias !== null) parameters.push({ id: bias, gradient: channelSums(dy) });
    const inputs = kept.needsInput ? [inputGradient(node, dy, parameter(weight) as Filter, x)] : [];
    return { inputs, parameters };
  },
};
