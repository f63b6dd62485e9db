/**
 * Errors in evaluation mode. Batch norm uses "precise" statistics: those of one pass over the
 * calibration images, each layer seeing inputs that were themselves normalised by them.
 */
import * as tf from '@tensorflow/tfjs-core';
import { gather } from '../../data/gather.ts';
import type { ImageSet } from '../../data/images.ts';
import type { NetworkGraph, NodeId } from '../../network/graph.ts';
import type { NormStatistics } from '../../ops/batchNorm/tfjs.ts';
import type { ParameterLookup } from '../../ops/tfjs.ts';
import { countWrong } from '../misclassified.ts';
import { imageTensor } from './images.ts';
import { forwardForLogits } from './passes.ts';

/** Images evaluated at a time, to bound memory. */
const EVALUATION_BATCH = 250;

export type StatisticsByNode = ReadonlyMap<NodeId, NormStatistics>;

/** The statistics of every batch norm over the calibration images, taken as one batch. The caller disposes them. */
export function preciseStatistics(
  graph: NetworkGraph,
  parameter: ParameterLookup,
  set: ImageSet,
  size: number,
  calibration: Uint32Array,
): StatisticsByNode {
  const statistics = new Map<NodeId, NormStatistics>();
  if (!graph.nodes.some(({ op }) => op.kind === 'batchNorm')) return statistics;
  const images = imageTensor(gather(set, size, calibration), size);
  const logits = forwardForLogits(graph, images, parameter, null, (node, own) => statistics.set(node, own));
  tf.dispose([logits, images]);
  return statistics;
}

/** The share of images whose largest logit is not their label's; logits that are not numbers count as wrong. */
export async function errorOf(
  graph: NetworkGraph,
  parameter: ParameterLookup,
  set: ImageSet,
  size: number,
  indices: Uint32Array,
  statistics: StatisticsByNode,
): Promise<number> {
  let wrong = 0;
  for (let start = 0; start < indices.length; start += EVALUATION_BATCH) {
    const examples = gather(set, size, indices.subarray(start, start + EVALUATION_BATCH));
    const images = imageTensor(examples, size);
    const logits = forwardForLogits(graph, images, parameter, statistics);
    wrong += countWrong((await logits.data()) as Float32Array, examples.labels);
    tf.dispose([logits, images]);
  }
  return wrong / indices.length;
}
