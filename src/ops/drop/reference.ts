/** Dropout (Srivastava et al. 2014) and stochastic depth (Huang et al. 2016, arXiv 1603.09382), neither rescaled in training. */
import type { OpNode } from '../op.ts';
import { type Batch, map, type ReferenceOp, single } from '../reference.ts';
import { type Draw, maskOf } from './mask.ts';
import type { Drop } from './op.ts';

/**
 * Also its own backward side: what was not passed on has no gradient.
 * @param mask of the step: one value an element, or one for all; in evaluation the probability to be kept
 */
export function masked(x: Batch, mask: ArrayLike<number>): Batch {
  return map(x, (value, i) => {
    const share = mask.length === 1 ? mask[0] : mask[i];
    if (share === undefined) throw new RangeError(`no mask for element ${i}`);
    // Not a product: what overflows is dropped as well.
    return share === 0 ? 0 : share * value;
  });
}

function maskFor(node: OpNode<Drop>, draw: Draw | null, x: Batch): ArrayLike<number> {
  return draw === null ? [node.op.keep] : maskOf(node, draw, x.values.length);
}

export const drop: ReferenceOp<Drop> = {
  forward: (node, inputs, _parameter, { draw }) => masked(single(inputs), maskFor(node, draw, single(inputs))),
  backward: (node, dy, inputs, _parameter, draw) => ({ inputs: [masked(dy, maskFor(node, draw, single(inputs)))] }),
};
