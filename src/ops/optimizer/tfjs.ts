/** The optimizers of `optimizer.ts` on TensorFlow.js tensors. */
import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from '../../experiment/experiment.ts';
import { ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON, adamCorrections, MOMENTUM } from './optimizer.ts';

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

export const tfjsOptimizers: Readonly<Record<Optimizer, OptimizerStep>> = {
  sgd: (gradient) => ({ direction: gradient, next: [] }),

  momentum: (gradient, [before]) => {
    const velocity = before ? tf.add(tf.mul(before, MOMENTUM), gradient) : tf.clone(gradient);
    return { direction: velocity, next: [velocity] };
  },

  adam: (gradient, [firstBefore, secondBefore], update) => {
    const blend = (before: tf.Tensor | undefined, now: tf.Tensor, beta: number) => {
      const share = tf.mul(now, 1 - beta);
      return before ? tf.add(tf.mul(before, beta), share) : share;
    };
    const first = blend(firstBefore, gradient, ADAM_BETA1);
    const second = blend(secondBefore, tf.square(gradient), ADAM_BETA2);
    const corrections = adamCorrections(update);
    const scale = tf.add(tf.sqrt(tf.mul(second, corrections.second)), ADAM_EPSILON);
    return { direction: tf.div(tf.mul(first, corrections.first), scale), next: [first, second] };
  },
};
