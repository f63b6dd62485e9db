/** Finds where the first number of a step stopped being finite, in the order in which they are computed. */

import type { NetworkGraph } from '../../network/graph.ts';
import { owningLayers } from '../../network/graph.ts';
import type { Batch, Tensor } from '../../ops/reference.ts';
import type { Overflow } from '../../records/records.ts';
import type { Gradients } from './passes.ts';
import { allFinite, item } from './tensors.ts';

/** Forwards to the loss, then backwards to the input; null where all is finite. */
export function overflowOf(
  graph: NetworkGraph,
  outputs: readonly Batch[],
  loss: number,
  gradients: Gradients,
): Overflow | null {
  const forwards = graph.layers.find(
    ({ z, output }) => !allFinite(item(outputs, z).values) || !allFinite(item(outputs, output).values),
  );
  if (forwards) return { where: 'activation', layer: forwards.index };
  if (!Number.isFinite(loss)) return { where: 'loss', layer: null };
  const inParameters = new Set(overflownLayers(graph, gradients.parameters));
  const backwards = graph.layers.findLast(
    ({ index, z }) => inParameters.has(index) || !allFinite(item(gradients.nodes, z).values),
  );
  return backwards ? { where: 'gradient', layer: backwards.index } : null;
}

/** After the update: the first layer with a parameter that is not finite. */
export function overflowOfUpdate(graph: NetworkGraph, updated: readonly Tensor[]): Overflow | null {
  const layers = overflownLayers(graph, updated);
  return layers.length > 0 ? { where: 'weight', layer: Math.min(...layers) } : null;
}

/** Layers that own a tensor of `parameters` with a value that is not finite. */
function overflownLayers(graph: NetworkGraph, parameters: readonly Tensor[]): number[] {
  return owningLayers(graph).filter((_, id) => !allFinite(item(parameters, id).values));
}
