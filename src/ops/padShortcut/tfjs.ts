/** The option A shortcut (He et al. 2015): keep every second row and column, append zero channels. No parameters. */
import * as tf from '@tensorflow/tfjs-core';
import { spreadOut, toQuads } from '../quads.ts';
import { type Activations, single, type TfjsOp } from '../tfjs.ts';
import type { PadShortcut } from './op.ts';

/** A strided slice is many times slower than this on wasm. */
function subsample(x: Activations, stride: 1 | 2): Activations {
  return stride === 1 ? x : toQuads(x)[0];
}

export const padShortcut: TfjsOp<PadShortcut> = {
  forward(node, inputs) {
    const x = single(inputs);
    const extra = node.shape[2] - x.shape[3];
    const kept = subsample(x, node.op.stride);
    return {
      output: tf.pad(kept, [
        [0, 0],
        [0, 0],
        [0, 0],
        [0, extra],
      ]),
      saved: [],
    };
  },

  backward(node, dy, kept) {
    const [, height, width, channels] = single(kept.inputs).shape;
    const [n, h, w] = dy.shape;
    const own = tf.slice(dy, [0, 0, 0, 0], [n, h, w, channels]);
    const dx = node.op.stride === 1 ? own : spreadOut(own, height, width);
    return { inputs: [dx], parameters: [] };
  },
};
