import type { Activation as ActivationFunction } from '../../experiment/experiment.ts';
import { elementwise, type OpRules } from '../op.ts';

/** Slope of leaky ReLU for negative inputs. */
export const LEAKY_SLOPE = 0.01;

/** A function of each number. */
export interface Activation {
  readonly kind: 'activation';
  readonly fn: Exclude<ActivationFunction, 'linear'>;
}

export const activation: OpRules<Activation> = elementwise;
