import { type OpRules, uncounted } from '../op.ts';
import { strided } from '../shapes.ts';

/** The mean of each 2×2 window, stride 2; windows that overhang an odd edge use the pixels that are there. */
export interface AveragePool {
  readonly kind: 'averagePool';
}

export const averagePool: OpRules<AveragePool> = { ...uncounted, shape: (input) => strided(input, 2, input[2]) };
