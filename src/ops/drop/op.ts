import { elementwise, type OpRules } from '../op.ts';

/**
 * In training each element (dropout), or the whole minibatch at once (stochastic depth, Huang et al. 2016, arXiv 1603.09382),
 * is passed on with probability `keep`, and is 0 otherwise; what is passed on is not rescaled. In evaluation: keep · x, the
 * expectation. Which are kept, `mask.ts` decides, for every engine alike.
 */
export interface Drop {
  readonly kind: 'drop';
  readonly keep: number;
  readonly unit: 'element' | 'minibatch';
}

export const drop: OpRules<Drop> = elementwise;
