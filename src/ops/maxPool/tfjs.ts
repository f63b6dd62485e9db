/**
 * 2×2 max pooling with stride 2; the gradient goes to the first maximum of each window, in reading
 * order. It is written out here because tfjs' `wasm` kernel for it starts each window's maximum at
 * zero, and so loses the gradient of windows that are negative throughout.
 */
import * as tf from '@tensorflow/tfjs-core';
import { fromQuads, type Quads, toQuads } from '../quads.ts';
import { type Activations, single, type TfjsOp } from '../tfjs.ts';
import type { MaxPool } from './op.ts';

export const maxPool: TfjsOp<MaxPool> = {
  // 'same' lets the last window overhang an odd edge.
  forward: (_node, inputs) => ({ output: tf.maxPool(single(inputs), 2, 2, 'same'), saved: [] }),

  backward(_node, dy, kept) {
    const x = single(kept.inputs);
    const [, height, width] = x.shape;
    let unclaimed = dy;
    const shares = toQuads(x).map((corner) => {
      const isMaximum = tf.cast(tf.equal(corner, kept.output), 'float32');
      const share: Activations = tf.mul(unclaimed, isMaximum);
      unclaimed = tf.sub(unclaimed, share);
      return share;
    });
    return { inputs: [fromQuads(shares as unknown as Quads, height, width)], parameters: [] };
  },
};
