/**
 * 2×2 average pooling with stride 2. A window that overhangs an odd edge averages the pixels that
 * are there. tfjs' own gradient divides by four at such edges too, so it is written out here.
 */
import * as tf from '@tensorflow/tfjs-core';
import { fromQuads } from '../quads.ts';
import { type Activations, single, type TfjsOp } from '../tfjs.ts';
import type { AveragePool } from './op.ts';

/** 1 / (pixels in the window), for each window along one side. */
function shares(side: number): number[] {
  return Array.from({ length: Math.ceil(side / 2) }, (_, i) => (2 * i + 1 < side ? 1 / 2 : 1));
}

export const averagePool: TfjsOp<AveragePool> = {
  forward: (_node, inputs) => ({ output: tf.avgPool(single(inputs), 2, 2, 'same'), saved: [] }),
  backward(_node, dy, kept) {
    const [, height, width] = single(kept.inputs).shape;
    const rows = tf.reshape(tf.tensor1d(shares(height)), [1, -1, 1, 1]);
    const columns = tf.reshape(tf.tensor1d(shares(width)), [1, 1, -1, 1]);
    const quarter: Activations = tf.mul(dy, tf.mul(rows, columns));
    return { inputs: [fromQuads([quarter, quarter, quarter, quarter], height, width)], parameters: [] };
  },
};
