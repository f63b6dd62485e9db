/** The identity layer: what an added layer would have to learn in order to do no harm. */
import type { Op } from '../../../network/graph.ts';
import { alias, single, type TfjsOp } from '../tfjs.ts';

export const identity: TfjsOp<Extract<Op, { kind: 'identity' }>> = {
  forward: (_node, inputs) => ({ output: alias(single(inputs)), saved: [] }),
  backward: (_node, dy) => ({ inputs: [alias(dy)], parameters: [] }),
};
