import type { GraphNode, NetworkGraph } from './graph.ts';

/**
 * The graph with nothing left to chance: what training drops by chance, its expectation instead, as in evaluation. Nodes and
 * parameters keep their places; a graph that drops nothing is returned itself.
 */
export function expectation(graph: NetworkGraph): NetworkGraph {
  if (!graph.nodes.some(({ op }) => op.kind === 'drop')) return graph;
  const nodes = graph.nodes.map((node): GraphNode => {
    return node.op.kind === 'drop' ? { ...node, op: { kind: 'scale', factor: node.op.keep } } : node;
  });
  return { ...graph, nodes };
}
