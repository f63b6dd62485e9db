/** The loss: mean over the minibatch of −log softmax(logits)[label], and its gradient (softmax − one-hot) / N. */
import * as tf from '@tensorflow/tfjs-core';
import type { Activations } from '../tfjs.ts';

/**
 * @param logits [N, 1, 1, classes]
 * @param labels [N]
 * @returns the loss (a scalar) and its gradient by the logits
 */
export function softmaxCrossEntropy(
  logits: Activations,
  labels: tf.Tensor1D,
): { loss: tf.Scalar; gradient: Activations } {
  const [n, , , classes] = logits.shape;
  const rows = tf.reshape(logits, [n, classes]);
  const shifted = tf.sub(rows, tf.max(rows, 1, true));
  const logProbabilities = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
  const target = tf.oneHot(labels, classes);
  const loss: tf.Scalar = tf.neg(tf.div(tf.sum(tf.mul(target, logProbabilities)), n));
  const gradient = tf.div(tf.sub(tf.exp(logProbabilities), target), n);
  return { loss, gradient: tf.reshape(gradient, logits.shape) };
}
