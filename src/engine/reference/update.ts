/** One update of all parameters, as `ops/optimizer/optimizer.ts` defines it. */
import type { NetworkGraph } from '../../network/graph.ts';
import { clipFactor, decays, momentsOf } from '../../ops/optimizer/optimizer.ts';
import { referenceOptimizers } from '../../ops/optimizer/reference.ts';
import { at, type Tensor } from '../../ops/reference.ts';
import type { UpdateRule } from '../engine.ts';
import type { StatisticsByNode } from './evaluate.ts';
import { item, sumOfSquares } from './tensors.ts';

/** All that training changes. */
export interface State {
  readonly parameters: readonly Tensor[];
  /** Of each parameter as many as the optimizer has, in turn. */
  readonly moments: readonly Float64Array[];
  /** Updates made so far. */
  readonly updates: number;
  /** Running averages of every batch norm, where they are kept. */
  readonly averages: StatisticsByNode;
}

export function initialState(parameters: readonly Tensor[], { opt }: UpdateRule): State {
  const perParameter = momentsOf(opt);
  const moments = parameters.flatMap(({ values }) =>
    Array.from({ length: perParameter }, () => new Float64Array(values.length)),
  );
  return { parameters, moments, updates: 0, averages: new Map() };
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
  const perParameter = momentsOf(rule.opt);
  const results = state.parameters.map(({ shape, values }, id) => {
    const decay = decays(rule.opt, item(graph.parameters, id).role === 'weight' ? rule.wd : 0);
    const raw = item(gradients, id).values;
    const gradient = values.map((value, i) => factor * at(raw, i) + decay.inGradient * value);
    const before = state.moments.slice(id * perParameter, (id + 1) * perParameter);
    const { step, moments } = referenceOptimizers[rule.opt](gradient, before, updates);
    const after = values.map((value, i) => value - learningRate * (at(step, i) + decay.inStep * value));
    return { parameter: { shape, values: after }, moments };
  });
  return {
    parameters: results.map(({ parameter }) => parameter),
    moments: results.flatMap(({ moments }) => moments),
    updates,
    averages: state.averages,
  };
}
