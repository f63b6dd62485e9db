/** The identity layer: what an added layer would have to learn in order to do no harm. */
import { alias, single, type TfjsOp } from '../tfjs.ts';
import type { Identity } from './op.ts';

export const identity: TfjsOp<Identity> = {
  forward: (_node, inputs) => ({ output: alias(single(inputs)), saved: [] }),
  backward: (_node, dy) => ({ inputs: [alias(dy)], parameters: [] }),
};
