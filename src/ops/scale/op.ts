import { elementwise, type OpRules } from '../op.ts';

/** factor · x, the factor a constant of the experiment; 0 cuts the path. */
export interface Scale {
  readonly kind: 'scale';
  readonly factor: number;
}

export const scale: OpRules<Scale> = elementwise;
