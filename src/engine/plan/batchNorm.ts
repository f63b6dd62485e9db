import type { NetworkGraph } from '../../network/graph.ts';

export function hasBatchNorm(graph: NetworkGraph): boolean {
  return graph.nodes.some(({ op }) => op.kind === 'batchNorm');
}
