/** The optimizers of `optimizer.ts` on TensorFlow.js tensors. */
import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from '../../experiment/experiment.ts';
import { ADAM_BETA1, ADAM_BETA2, adamCorrections, EPSILON, MOMENTUM, RMSPROP_ALPHA } from './optimizer.ts';

/** @param moments none before the first update */
type OptimizerStep = (
  gradient: tf.Tensor,
  moments: readonly tf.Tensor[],
  update: number,
) => {
  /** What the learning rate multiplies. */
  readonly direction: tf.Tensor;
  readonly next: readonly tf.Tensor[];
};

/** A moment that forgets by `beta`. */
function blend(before: tf.Tensor | undefined, now: tf.Tensor, beta: number): tf.Tensor {
  const share = tf.mul(now, 1 - beta);
  return before ? tf.add(tf.mul(before, beta), share) : share;
}

function velocityOf(gradient: tf.Tensor, before: tf.Tensor | undefined): tf.Tensor {
  return before ? tf.add(tf.mul(before, MOMENTUM), gradient) : tf.clone(gradient);
}

const adam: OptimizerStep = (gradient, [firstBefore, secondBefore], update) => {
  const first = blend(firstBefore, gradient, ADAM_BETA1);
  const second = blend(secondBefore, tf.square(gradient), ADAM_BETA2);
  const corrections = adamCorrections(update);
  const scale = tf.add(tf.sqrt(tf.mul(second, corrections.second)), EPSILON);
  return { direction: tf.div(tf.mul(first, corrections.first), scale), next: [first, second] };
};

export const tfjsOptimizers: Readonly<Record<Optimizer, OptimizerStep>> = {
  sgd: (gradient) => ({ direction: gradient, next: [] }),

  momentum: (gradient, [before]) => {
    const velocity = velocityOf(gradient, before);
    return { direction: velocity, next: [velocity] };
  },

  nesterov: (gradient, [before]) => {
    const velocity = velocityOf(gradient, before);
    return { direction: tf.add(gradient, tf.mul(velocity, MOMENTUM)), next: [velocity] };
  },

  rmsprop: (gradient, [before]) => {
    const square = blend(before, tf.square(gradient), RMSPROP_ALPHA);
    return { direction: tf.div(gradient, tf.add(tf.sqrt(square), EPSILON)), next: [square] };
  },

  adam,
  adamw: adam,
};
