/** One learned number times the input (SkipInit, ReZero). */
import * as tf from '@tensorflow/tfjs-core';
import { total } from '../sums.ts';
import { single, type TfjsOp } from '../tfjs.ts';
import type { LearnedScale } from './op.ts';

export const learnedScale: TfjsOp<LearnedScale> = {
  forward: ({ op }, inputs, parameter) => ({ output: tf.mul(single(inputs), parameter(op.scale)), saved: [] }),

  backward({ op }, dy, { inputs }, parameter) {
    const gradient = tf.reshape(total(tf.mul(dy, single(inputs))), [1]);
    return { inputs: [tf.mul(dy, parameter(op.scale))], parameters: [{ id: op.scale, gradient }] };
  },
};
