import { type OpRules, uncounted } from '../op.ts';
import { strided } from '../shapes.ts';

/** The largest of each 2×2 window, stride 2; windows that overhang an odd edge use the pixels that are there. */
export interface MaxPool {
  readonly kind: 'maxPool';
}

export const maxPool: OpRules<MaxPool> = { ...uncounted, shape: (input) => strided(input, 2, input[2]) };
