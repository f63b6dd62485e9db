/**
 * What the TensorFlow.js forms of all ops share. Each op brings its own backward side instead of
 * leaving it to autodiff: on the `wasm` backend some of tfjs' own gradients do not exist and others
 * run at a tenth of the speed, and the gradient by every layer's output is one of our measurements.
 *
 * Activations are [N, H, W, C]. Ops are called inside `tf.tidy`, so they need not dispose anything;
 * whatever they return is kept and belongs to the caller.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Draw } from './drop/mask.ts';
import type { OpNode, ParameterId } from './op.ts';

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
  /** False where the input is the image, whose gradient is not needed: `inputs` of the result may be empty. */
  readonly needsInput: boolean;
}

export interface Gradients {
  /** By each input, in order. */
  readonly inputs: readonly Activations[];
  readonly parameters: readonly { readonly id: ParameterId; readonly gradient: tf.Tensor }[];
}

export interface TfjsOp<O> {
  /** @param draw of the training step; null in evaluation */
  forward(node: OpNode<O>, inputs: readonly Activations[], parameter: ParameterLookup, draw: Draw | null): Forwarded;
  backward(node: OpNode<O>, dy: Activations, kept: Kept, parameter: ParameterLookup): Gradients;
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
