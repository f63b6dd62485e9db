/** A constant multiple, of the signal as of its gradient. */
import * as tf from '@tensorflow/tfjs-core';
import { single, type TfjsOp } from '../tfjs.ts';
import type { Scale } from './op.ts';

export const scale: TfjsOp<Scale> = {
  forward: ({ op }, inputs) => ({ output: tf.mul(single(inputs), op.factor), saved: [] }),
  backward: ({ op }, dy) => ({ inputs: [tf.mul(dy, op.factor)], parameters: [] }),
};
