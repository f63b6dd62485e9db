import type { Activation as ActivationFunction } from '../../experiment/experiment.ts';
import { elementwise, type OpRules } from '../op.ts';

/** Slope of leaky ReLU for negative inputs. */
export const LEAKY_SLOPE = 0.01;

/** A function of each number. */
export interface Activation {
  readonly kind: 'activation';
  readonly fn: Exclude<ActivationFunction, 'linear'>;
}

/** Those whose units can die, or saturate: no gradient gets through them then. */
export type Dying = 'relu' | 'sigmoid' | 'tanh';

export function canDie(fn: ActivationFunction): fn is Dying {
  return fn === 'relu' || fn === 'sigmoid' || fn === 'tanh';
}

/** Those that fall and rise again, so that two inputs have one output: their derivative asks for the input. */
export type Dipping = 'gelu' | 'silu';

export function dips(fn: ActivationFunction): fn is Dipping {
  return fn === 'gelu' || fn === 'silu';
}

export const activation: OpRules<Activation> = elementwise;
