/** One update of all parameters, as `../optimizer.ts` defines it. */
import type { NetworkGraph } from '../../network/graph.ts';
import { at, type Tensor } from '../../ops/reference.ts';
import type { UpdateRule } from '../engine.ts';
import {
  ADAM_BETA1,
  ADAM_BETA2,
  ADAM_EPSILON,
  adamCorrections,
  clipFactor,
  MOMENTUM,
  momentsPerParameter,
} from '../optimizer.ts';
import { item, sumOfSquares } from './tensors.ts';

/** All that training changes. */
export interface State {
  readonly parameters: readonly Tensor[];
  /** Of each parameter as many as the optimizer has, in turn. */
  readonly moments: readonly Float64Array[];
  /** Updates made so far. */
  readonly updates: number;
}

export function initialState(parameters: readonly Tensor[], { opt }: UpdateRule): State {
  const perParameter = momentsPerParameter[opt];
  const moments = parameters.flatMap(({ values }) =>
    Array.from({ length: perParameter }, () => new Float64Array(values.length)),
  );
  return { parameters, moments, updates: 0 };
}

/** The state after one update. */
export function update(
  graph: NetworkGraph,
  rule: UpdateRule,
  state: State,
  gradients: readonly Tensor[],
  learningRate: number,
): State {
  const norm = Math.sqrt(gradients.reduce((sum, { values }) => sum + sumOfSquares(values), 0));
  const factor = clipFactor(norm, rule.clip);
  const updates = state.updates + 1;
  const perParameter = momentsPerParameter[rule.opt];
  const results = state.parameters.map(({ shape, values }, id) => {
    const decay = item(graph.parameters, id).role === 'weight' ? rule.wd : 0;
    const raw = item(gradients, id).values;
    const gradient = values.map((value, i) => factor * at(raw, i) + decay * value);
    const before = state.moments.slice(id * perParameter, (id + 1) * perParameter);
    const { step, moments } = optimizers[rule.opt](gradient, before, updates);
    return { parameter: { shape, values: values.map((value, i) => value - learningRate * at(step, i)) }, moments };
  });
  return {
    parameters: results.map(({ parameter }) => parameter),
    moments: results.flatMap(({ moments }) => moments),
    updates,
  };
}

/** What to subtract from a parameter, times the learning rate, and the moments after it. */
type OptimizerStep = (
  gradient: Float64Array,
  moments: readonly Float64Array[],
  update: number,
) => { readonly step: Float64Array; readonly moments: readonly Float64Array[] };

const optimizers: Record<UpdateRule['opt'], OptimizerStep> = {
  sgd: (gradient) => ({ step: gradient, moments: [] }),
  momentum: (gradient, moments) => {
    const velocity = item(moments, 0).map((value, i) => MOMENTUM * value + at(gradient, i));
    return { step: velocity, moments: [velocity] };
  },
  adam: (gradient, moments, update) => {
    const first = item(moments, 0).map((value, i) => ADAM_BETA1 * value + (1 - ADAM_BETA1) * at(gradient, i));
    const second = item(moments, 1).map((value, i) => ADAM_BETA2 * value + (1 - ADAM_BETA2) * at(gradient, i) ** 2);
    const correction = adamCorrections(update);
    const step = first.map(
      (value, i) => (value * correction.first) / (Math.sqrt(at(second, i) * correction.second) + ADAM_EPSILON),
    );
    return { step, moments: [first, second] };
  },
};
