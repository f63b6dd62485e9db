/**
 * Errors in evaluation mode. Batch norm uses "precise" statistics: those of one pass over the
 * calibration images, each layer seeing inputs that were themselves normalised by them.
 */
import type { NetworkGraph, NodeId } from '../../network/graph.ts';
import { statistics } from '../../ops/batchNorm/reference.ts';
import type { Batch, Mode, Statistics, Tensor } from '../../ops/reference.ts';
import { averaged, unbiasing } from '../runningAverages.ts';
import { logitsOf } from './passes.ts';
import { item } from './tensors.ts';

export type StatisticsByNode = ReadonlyMap<NodeId, Statistics>;

/** The statistics of every batch norm node over `calibration`, taken as one batch; in the graph's order. */
export function preciseStatistics(
  graph: NetworkGraph,
  parameters: readonly Tensor[],
  calibration: Batch,
): StatisticsByNode {
  const recorded = new Map<NodeId, Statistics>();
  const statisticsOf: Mode['statisticsOf'] = (node, x) => {
    const own = statistics(x);
    recorded.set(node, own);
    return own;
  };
  logitsOf(graph, parameters, calibration, { statisticsOf, draw: null });
  return recorded;
}

/** Running averages after a step. @param outputs of every node in that step */
export function averagedWith(
  before: StatisticsByNode,
  graph: NetworkGraph,
  outputs: readonly Batch[],
): StatisticsByNode {
  const after = [...before].map(([node, { mean, variance }]): [NodeId, Statistics] => {
    const x = item(outputs, item(graph.nodes, node).inputs[0] ?? 0);
    const own = statistics(x);
    const factor = unbiasing(x.values.length / x.shape[3]);
    return [node, { mean: averaged(mean, own.mean), variance: averaged(variance, own.variance, factor) }];
  });
  return new Map(after);
}

/** As in evaluation: each batch norm takes what has been recorded for it, and nothing is dropped by chance. */
export function inEvaluation(recorded: StatisticsByNode): Mode {
  return { statisticsOf: (node, x) => recorded.get(node) ?? statistics(x), draw: null };
}
