/**
 * Measurements as scalars on the device. They are computed next to the tensors they describe and
 * read back together, once a step: a read costs a round trip to the GPU.
 */
import * as tf from '@tensorflow/tfjs-core';
import { total } from '../../ops/sums.ts';

/** Below this a maximum counts as zero, so that dividing by it stays finite. */
const TINY = 1e-37;

function mean(x: tf.Tensor): tf.Scalar {
  return tf.div(total(x), x.size);
}

/**
 * Root mean square of all elements. Divides by the largest magnitude first: gradients of 1e-30 are
 * what this page is about, and their squares are zero in float32.
 */
export function rootMeanSquare(x: tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    const largest = tf.maximum(tf.max(tf.abs(x)), TINY);
    return tf.mul(largest, tf.sqrt(mean(tf.square(tf.div(x, largest)))));
  });
}

/** √(Σ x²) */
export function l2Norm(x: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.mul(rootMeanSquare(x), Math.sqrt(x.size)));
}

/** Standard deviation of all elements, as of a population. */
export function standardDeviation(x: tf.Tensor): tf.Scalar {
  return tf.tidy(() => rootMeanSquare(tf.sub(x, mean(x))));
}

/** Collects scalars, and reads them in one go. */
export class ScalarReader {
  private readonly scalars: tf.Scalar[] = [];

  /**
   * Takes a scalar over, to be disposed by `read`.
   * @returns its index among the values of `read`
   */
  add(scalar: tf.Scalar): number {
    return this.scalars.push(scalar) - 1;
  }

  async read(): Promise<Float32Array> {
    const packed = tf.stack(this.scalars);
    tf.dispose(this.scalars.splice(0));
    const values = (await packed.data()) as Float32Array;
    packed.dispose();
    return values;
  }
}
