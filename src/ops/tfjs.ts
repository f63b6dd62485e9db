/**
 * What the TensorFlow.js forms of all ops share. Each op brings its own backward side instead of
 * leaving it to autodiff: on the `wasm` backend some of tfjs' own gradients do not exist and others
 * run at a tenth of the speed, and the gradient by every layer's output is one of our measurements.
 *
 * Activations are [N, H, W, C]. Ops are called inside `tf.tidy`, so they need not dispose anything;
 * whatever they return is kept and belongs to the caller.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { GraphNode, Op, ParameterId } from '../network/graph.ts';

export type Activations = tf.Tensor4D;

/** Looks up the present value of a parameter, in the graph's shape. */
export type ParameterLookup = (id: ParameterId) => tf.Tensor;

export interface Forwarded {
  readonly output: Activations;
  /** What `backward` needs beside the inputs and the output. */
  readonly saved: readonly tf.Tensor[];
}

/** What the forward pass left for `backward`. */
export interface Kept {
  readonly inputs: readonly Activations[];
  readonly output: Activations;
  readonly saved: readonly tf.Tensor[];
  /** False where the input is the image, whose gradient nobody asks for: `inputs` of the result may be empty. */
  readonly needsInput: boolean;
}

export interface Gradients {
  /** By each input, in order. */
  readonly inputs: readonly Activations[];
  readonly parameters: readonly { readonly id: ParameterId; readonly gradient: tf.Tensor }[];
}

export interface TfjsOp<O extends Op> {
  forward(node: GraphNode<O>, inputs: readonly Activations[], parameter: ParameterLookup): Forwarded;
  backward(node: GraphNode<O>, dy: Activations, kept: Kept, parameter: ParameterLookup): Gradients;
}

/** A second handle on the same values; disposing one leaves the other. */
export function alias(x: Activations): Activations {
  return tf.reshape(x, x.shape);
}

/** The op's only input. */
export function single(inputs: readonly Activations[]): Activations {
  const [x] = inputs;
  if (x === undefined) throw new RangeError('an op without its input');
  return x;
}

/**
 * Puts `filler(x)` behind every row and every column of x, then crops: with zeros this is the
 * dilation that the gradient of a strided op needs, with x itself it doubles every pixel. Works on
 * rank 3, the most that every backend pads and concatenates.
 *
 * @param x [N, H, W, C]
 * @returns [N, height, width, C]; height is 2H or 2H − 1, likewise width
 */
export function interleave(
  x: Activations,
  height: number,
  width: number,
  filler: (x: tf.Tensor3D) => tf.Tensor3D,
): Activations {
  const [n, h, w, c] = x.shape;
  const double = (rows: tf.Tensor3D) => tf.concat([rows, filler(rows)], 1);
  const columns = double(tf.reshape(x, [n * h * w, 1, c]));
  const both = tf.reshape(double(tf.reshape(columns, [n * h, 1, 2 * w * c])), [n, 2 * h, 2 * w, c]) as Activations;
  return height === 2 * h && width === 2 * w ? both : tf.slice(both, [0, 0, 0, 0], [n, height, width, c]);
}
