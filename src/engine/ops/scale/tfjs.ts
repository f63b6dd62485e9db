/** A constant multiple, of the signal as of its gradient. */
import * as tf from '@tensorflow/tfjs-core';
import type { Op } from '../../../network/graph.ts';
import { single, type TfjsOp } from '../tfjs.ts';

export const scale: TfjsOp<Extract<Op, { kind: 'scale' }>> = {
  forward: ({ op }, inputs) => ({ output: tf.mul(single(inputs), op.factor), saved: [] }),
  backward: ({ op }, dy) => ({ inputs: [tf.mul(dy, op.factor)], parameters: [] }),
};
