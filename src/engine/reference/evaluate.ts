/**
 * Errors in evaluation mode. Batch norm uses "precise" statistics: those of one pass over the
 * calibration images, each layer seeing inputs that were themselves normalised by them.
 */
import type { NetworkGraph, NodeId } from '../../network/graph.ts';
import { type Statistics, statistics } from '../../ops/batchNorm/reference.ts';
import type { Batch, Tensor } from '../../ops/reference.ts';
import { logitsOf, type StatisticsOf } from './passes.ts';

/** The statistics of every batch norm node over `calibration`, taken as one batch. */
export function preciseStatistics(
  graph: NetworkGraph,
  parameters: readonly Tensor[],
  calibration: Batch,
): StatisticsOf {
  const recorded = new Map<NodeId, Statistics>();
  logitsOf(graph, parameters, calibration, (node, x) => {
    const own = statistics(x);
    recorded.set(node, own);
    return own;
  });
  return (node, x) => recorded.get(node) ?? statistics(x);
}

/** Examples whose largest logit is not their label's; logits that are not numbers count as wrong. */
export function countWrong(
  graph: NetworkGraph,
  parameters: readonly Tensor[],
  images: Batch,
  labels: Uint8Array,
  statisticsOf: StatisticsOf,
): number {
  const logits = logitsOf(graph, parameters, images, statisticsOf);
  const classes = logits.shape[3];
  return labels.filter((label, image) => {
    const row = logits.values.subarray(image * classes, (image + 1) * classes);
    // With a NaN among them the maximum is NaN, which is found nowhere.
    return row.indexOf(row.reduce((a, b) => Math.max(a, b))) !== label;
  }).length;
}
