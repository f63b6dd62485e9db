/** Where a shortcut joins: the gradient passes to both sides unchanged. */
import * as tf from '@tensorflow/tfjs-core';
import { alias, single, type TfjsOp } from '../tfjs.ts';
import type { Add } from './op.ts';

export const add: TfjsOp<Add> = {
  forward: (_node, inputs) => ({ output: tf.add(single(inputs), single(inputs.slice(1))), saved: [] }),
  backward: (_node, dy) => ({ inputs: [alias(dy), alias(dy)], parameters: [] }),
};
