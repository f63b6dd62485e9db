/** 2×2 max pooling with stride 2; the gradient goes to the window's maximum. */
import * as tf from '@tensorflow/tfjs-core';
import type { Op } from '../../network/graph.ts';
import { type Activations, single, type TfjsOp } from '../tfjs.ts';

/** 'same' lets the last window overhang an odd edge. */
const window = { filterSize: 2, strides: 2, pad: 'same' } as const;

export const maxPool: TfjsOp<Extract<Op, { kind: 'maxPool' }>> = {
  forward: (_node, inputs) => ({
    output: tf.maxPool(single(inputs), window.filterSize, window.strides, window.pad),
    saved: [],
  }),
  backward(_node, dy, kept) {
    const inputs = { dy, input: single(kept.inputs), output: kept.output };
    return { inputs: [tf.engine().runKernel(tf.MaxPoolGrad, inputs, window) as Activations], parameters: [] };
  },
};
