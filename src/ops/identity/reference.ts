/** The identity layer: its output is its input, and so is its gradient. */
import { type ReferenceOp, single } from '../reference.ts';
import type { Identity } from './op.ts';

export const identity: ReferenceOp<Identity> = {
  forward: (_node, inputs) => single(inputs),
  backward: (_node, dy) => ({ inputs: [dy] }),
};
