/** Running averages of batch norm's statistics (`engine/runningAverages.ts`) as tensors. */
import * as tf from '@tensorflow/tfjs-core';
import type { ChannelStatistics } from '../../network/foldedNorms.ts';
import type { NodeId } from '../../network/graph.ts';
import { NORM_EPSILON } from '../../ops/batchNorm/op.ts';
import { savedStatistics } from '../../ops/batchNorm/tfjs.ts';
import { AVERAGED_SHARE, unbiasing } from '../runningAverages.ts';
import type { StatisticsByNode } from './evaluate.ts';
import type { ForwardPass } from './passes.ts';

export interface Averages {
  readonly node: NodeId;
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

export function uploadedAverages(averages: readonly ChannelStatistics[]): Averages[] {
  return averages.map(({ node, mean, variance }) => ({
    node,
    mean: tf.tensor1d(mean.slice(), 'float32'),
    variance: tf.tensor1d(variance.slice(), 'float32'),
  }));
}

/** The averages after a step; those before it stay as they are. */
export function averagedWith(before: readonly Averages[], { outputs, saved }: ForwardPass): Averages[] {
  return before.map(({ node, mean, variance }) => {
    const [after, spread] = tf.tidy(() => {
      const own = savedStatistics(saved[node] ?? []);
      const output = outputs[node] as tf.Tensor4D;
      const factor = unbiasing(output.size / output.shape[3]);
      const ownVariance = tf.sub(tf.reciprocal(tf.square(own.inverseStd)), NORM_EPSILON);
      const moved = (from: tf.Tensor1D, to: tf.Tensor): tf.Tensor1D =>
        tf.add(from, tf.mul(tf.sub(to, from), AVERAGED_SHARE));
      return [moved(mean, own.mean), moved(variance, tf.mul(tf.relu(ownVariance), factor))];
    });
    return { node, mean: after as tf.Tensor1D, variance: spread as tf.Tensor1D };
  });
}

/** What evaluation takes of them. The caller disposes it. */
export function statisticsOf(averages: readonly Averages[]): StatisticsByNode {
  return new Map(
    averages.map(({ node, mean, variance }) => [
      node,
      { mean: tf.clone(mean), inverseStd: tf.tidy(() => tf.rsqrt(tf.add(variance, NORM_EPSILON))) },
    ]),
  );
}
