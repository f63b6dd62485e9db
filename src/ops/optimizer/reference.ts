/** The optimizers of `optimizer.ts` as float64 numbers. */
import type { Optimizer } from '../../experiment/experiment.ts';
import { at } from '../reference.ts';
import { ADAM_BETA1, ADAM_BETA2, adamCorrections, EPSILON, MOMENTUM, RMSPROP_ALPHA } from './optimizer.ts';

/** What to subtract from a parameter, times the learning rate, and the moments after it. */
type OptimizerStep = (
  gradient: Float64Array,
  moments: readonly Float64Array[],
  update: number,
) => { readonly step: Float64Array; readonly moments: readonly Float64Array[] };

const none = new Float64Array();

const adam: OptimizerStep = (gradient, [firstBefore = none, secondBefore = none], update) => {
  const first = firstBefore.map((value, i) => ADAM_BETA1 * value + (1 - ADAM_BETA1) * at(gradient, i));
  const second = secondBefore.map((value, i) => ADAM_BETA2 * value + (1 - ADAM_BETA2) * at(gradient, i) ** 2);
  const correction = adamCorrections(update);
  const step = first.map(
    (value, i) => (value * correction.first) / (Math.sqrt(at(second, i) * correction.second) + EPSILON),
  );
  return { step, moments: [first, second] };
};

export const referenceOptimizers: Readonly<Record<Optimizer, OptimizerStep>> = {
  sgd: (gradient) => ({ step: gradient, moments: [] }),
  momentum: (gradient, [before = none]) => {
    const velocity = before.map((value, i) => MOMENTUM * value + at(gradient, i));
    return { step: velocity, moments: [velocity] };
  },
  nesterov: (gradient, [before = none]) => {
    const velocity = before.map((value, i) => MOMENTUM * value + at(gradient, i));
    return { step: velocity.map((value, i) => at(gradient, i) + MOMENTUM * value), moments: [velocity] };
  },
  rmsprop: (gradient, [before = none]) => {
    const square = before.map((value, i) => RMSPROP_ALPHA * value + (1 - RMSPROP_ALPHA) * at(gradient, i) ** 2);
    return { step: gradient.map((value, i) => value / (Math.sqrt(at(square, i)) + EPSILON)), moments: [square] };
  },
  adam,
  adamw: adam,
};
