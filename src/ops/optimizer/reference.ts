/** The optimizers of `optimizer.ts` as float64 numbers. */
import type { Optimizer } from '../../experiment/experiment.ts';
import { at } from '../reference.ts';
import { ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON, adamCorrections, MOMENTUM } from './optimizer.ts';

/** What to subtract from a parameter, times the learning rate, and the moments after it. */
type OptimizerStep = (
  gradient: Float64Array,
  moments: readonly Float64Array[],
  update: number,
) => { readonly step: Float64Array; readonly moments: readonly Float64Array[] };

const none = new Float64Array();

export const referenceOptimizers: Readonly<Record<Optimizer, OptimizerStep>> = {
  sgd: (gradient) => ({ step: gradient, moments: [] }),
  momentum: (gradient, [before = none]) => {
    const velocity = before.map((value, i) => MOMENTUM * value + at(gradient, i));
    return { step: velocity, moments: [velocity] };
  },
  adam: (gradient, [firstBefore = none, secondBefore = none], update) => {
    const first = firstBefore.map((value, i) => ADAM_BETA1 * value + (1 - ADAM_BETA1) * at(gradient, i));
    const second = secondBefore.map((value, i) => ADAM_BETA2 * value + (1 - ADAM_BETA2) * at(gradient, i) ** 2);
    const correction = adamCorrections(update);
    const step = first.map(
      (value, i) => (value * correction.first) / (Math.sqrt(at(second, i) * correction.second) + ADAM_EPSILON),
    );
    return { step, moments: [first, second] };
  },
};
