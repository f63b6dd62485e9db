/**
 * Errors in evaluation mode. Batch norm uses "precise" statistics: those of one pass over the
 * calibration images, each layer seeing inputs that were themselves normalised by them.
 */
import * as tf from '@tensorflow/tfjs-core';
import { gather } from '../../data/gather.ts';
import type { ImageSet } from '../../data/images.ts';
import { classesOf, type NetworkGraph, type NodeId } from '../../network/graph.ts';
import type { NormStatistics } from '../../ops/batchNorm/tfjs.ts';
import type { ParameterLookup } from '../../ops/tfjs.ts';
import { forwardForLogits, imageTensor } from './passes.ts';

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
  const images = imageTensor(gather(set, calibration), size);
  const logits = forwardForLogits(graph, images, parameter, null, (node, own) => statistics.set(node, own));
  tf.dispose([logits, images]);
  return statistics;
}

export function disposeStatistics(statistics: StatisticsByNode): void {
  tf.dispose([...statistics.values()].flatMap(({ mean, inverseStd }) => [mean, inverseStd]));
}

/** The logits of each image, [images, classes], row-major. */
export async function logitsOf(
  graph: NetworkGraph,
  parameter: ParameterLookup,
  set: ImageSet,
  size: number,
  indices: Uint32Array,
  statistics: StatisticsByNode,
): Promise<Float32Array> {
  const classes = classesOf(graph);
  const all = new Float32Array(indices.length * classes);
  for (let start = 0; start < indices.length; start += EVALUATION_BATCH) {
    const images = imageTensor(gather(set, indices.subarray(start, start + EVALUATION_BATCH)), size);
    const logits = forwardForLogits(graph, images, parameter, statistics);
    all.set((await logits.data()) as Float32Array, start * classes);
    tf.dispose([logits, images]);
  }
  return all;
}
