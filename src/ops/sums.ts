/** Sums over many numbers. TensorFlow.js’ `wasm` backend adds one to the next in float32, which loses percents of 10⁷ numbers: sums of sums do not. */
import * as tf from '@tensorflow/tfjs-core';
import type { Activations } from './tfjs.ts';

/** Numbers that are added one to the next. */
const RUN = 256;

/** The sum of all elements. */
export function total(x: tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    let rest = tf.reshape(x, [x.size]) as tf.Tensor1D;
    while (rest.size > RUN) {
      const missing = (RUN - (rest.size % RUN)) % RUN;
      const whole = missing === 0 ? rest : tf.pad(rest, [[0, missing]]);
      rest = tf.sum(tf.reshape(whole, [-1, RUN]), 1);
    }
    return tf.sum(rest);
  });
}

/** Sums over images and positions: [N, H, W, C] → [C]. As two matrices, which are faster on wasm than three axes. */
export function channelSums(x: Activations): tf.Tensor1D {
  return tf.tidy(() => {
    const [n, h, w, c] = x.shape;
    const byColumn: tf.Tensor1D = tf.sum(tf.reshape(x, [n * h, w * c]), 0);
    return tf.sum(tf.reshape(byColumn, [w, c]), 0);
  });
}
