import { elementwise, type OpRules, type ParameterId } from '../op.ts';

/** scale · x with one learned number, of shape [1], that starts at 0 (SkipInit, De & Smith 2020; ReZero, Bachlechner et al. 2020). */
export interface LearnedScale {
  readonly kind: 'learnedScale';
  readonly scale: ParameterId;
}

export const learnedScale: OpRules<LearnedScale> = elementwise;
