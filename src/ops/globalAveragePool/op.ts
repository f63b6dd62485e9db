import { type OpRules, uncounted } from '../op.ts';

/** The mean of each channel over all positions. */
export interface GlobalAveragePool {
  readonly kind: 'globalAveragePool';
}

export const globalAveragePool: OpRules<GlobalAveragePool> = {
  ...uncounted,
  shape: ([, , channels]) => [1, 1, channels],
};
