import type { NetworkGraph } from './graph.ts';

/**
 * For each parameter the index of the weight layer to which it belongs: a bias, scale or shift to
 * the layer it follows; those of a projection to the last layer of their block.
 */
export function owningLayers(graph: NetworkGraph): number[] {
  return graph.parameters.map(({ id }) => graph.layers.findLastIndex((layer) => layer.weight <= id));
}
