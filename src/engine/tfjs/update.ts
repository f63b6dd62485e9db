/** Clipping, weight decay and the optimizers of `ops/optimizer/optimizer.ts`, on TensorFlow.js tensors. */
import * as tf from '@tensorflow/tfjs-core';
import type { NetworkGraph } from '../../network/graph.ts';
import { decays, momentsOf } from '../../ops/optimizer/optimizer.ts';
import { tfjsOptimizers } from '../../ops/optimizer/tfjs.ts';
import type { Snapshot, UpdateRule } from '../engine.ts';
import { initialAverages } from '../runningAverages.ts';
import { type Averages, uploadedAverages } from './averages.ts';
import { l2Norm } from './scalars.ts';

/** All that training changes. */
export interface State {
  readonly parameters: readonly tf.Tensor[];
  /** Per parameter none, one or two, as `momentsOf` says; empty before the first update. */
  readonly moments: readonly tf.Tensor[];
  readonly updates: number;
  /** Running averages of every batch norm, in the graph's order, where they are kept. */
  readonly averages: readonly Averages[];
}

export function stateOf(graph: NetworkGraph, rule: UpdateRule, snapshot: Snapshot): State {
  const upload = (values: Float32Array | undefined, id: number) => {
    const parameter = graph.parameters[id];
    if (values === undefined || parameter === undefined) throw new RangeError(`no parameter ${id}`);
    return tf.tensor(values.slice(), [...parameter.shape], 'float32');
  };
  const perParameter = snapshot.moments.length / graph.parameters.length;
  return {
    parameters: graph.parameters.map(({ id }) => upload(snapshot.parameters[id], id)),
    moments: snapshot.moments.map((values, i) => upload(values, Math.floor(i / perParameter))),
    updates: snapshot.updates,
    averages: rule.stats === 'running' ? uploadedAverages(initialAverages(graph, snapshot.averages)) : [],
  };
}

export function disposeState(state: State): void {
  tf.dispose([
    ...state.parameters,
    ...state.moments,
    ...state.averages.flatMap(({ mean, variance }) => [mean, variance]),
  ]);
}

/**
 * The state after one update; `state` and `gradients` stay as they are.
 *
 * @param gradients in the graph's parameter order
 * @param averages after the step
 */
export function updated(
  graph: NetworkGraph,
  rule: UpdateRule,
  state: State,
  gradients: readonly tf.Tensor[],
  learningRate: number,
  averages: readonly Averages[],
): State {
  const results = tf.tidy(() => {
    const factor = rule.clip > 0 ? clipFactor(gradients, rule.clip) : null;
    return graph.parameters.map(({ id, role }) => {
      const value = state.parameters[id] as tf.Tensor;
      const raw = gradients[id] as tf.Tensor;
      const clipped = factor === null ? raw : tf.mul(raw, factor);
      const decay = decays(rule.opt, role === 'weight' ? rule.wd : 0);
      const decayed = (by: tf.Tensor, share: number) => (share > 0 ? tf.add(by, tf.mul(value, share)) : by);
      const gradient = decayed(clipped, decay.inGradient);
      const count = momentsOf(rule.opt);
      const moments = state.moments.slice(id * count, (id + 1) * count);
      const { direction, next } = tfjsOptimizers[rule.opt](gradient, moments, state.updates + 1);
      const step = tf.mul(decayed(direction, decay.inStep), learningRate);
      return { value: tf.sub(value, step), moments: [...next] };
    });
  });
  return {
    parameters: results.map(({ value }) => value),
    moments: results.flatMap(({ moments }) => moments),
    updates: state.updates + 1,
    averages,
  };
}

/** What to multiply every gradient by, so that their norm together is at most `clip`. */
function clipFactor(gradients: readonly tf.Tensor[], clip: number): tf.Scalar {
  const norm = l2Norm(tf.stack(gradients.map(l2Norm)));
  return tf.div(clip, tf.maximum(norm, clip));
}
