/** The mean over all positions: [N, H, W, C] → [N, 1, 1, C]. */
import * as tf from '@tensorflow/tfjs-core';
import { type Activations, single, type TfjsOp } from '../tfjs.ts';
import type { GlobalAveragePool } from './op.ts';

export const globalAveragePool: TfjsOp<GlobalAveragePool> = {
  forward: (_node, inputs) => ({ output: tf.mean(single(inputs), [1, 2], true) as Activations, saved: [] }),
  backward(_node, dy, kept) {
    const [, height, width] = single(kept.inputs).shape;
    return { inputs: [tf.mul(dy, tf.fill([1, height, width, 1], 1 / (height * width)))], parameters: [] };
  },
};
