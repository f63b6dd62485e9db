import { elementwise, type OpRules, type ParameterId } from '../op.ts';

/** ε: added to the variance. */
export const NORM_EPSILON = 1e-5;

/** Per channel over batch and positions: scale · (x − mean) / √(variance + ε) + shift. */
export interface BatchNorm {
  readonly kind: 'batchNorm';
  readonly scale: ParameterId;
  readonly shift: ParameterId;
}

export const batchNorm: OpRules<BatchNorm> = elementwise;
