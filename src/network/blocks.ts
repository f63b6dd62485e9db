/** The residual blocks of a graph, found by their additions. */
import type { GraphNode, NetworkGraph, NodeId, Op } from './graph.ts';

export interface ResidualBlock {
  /** Index of the weight layer that ends the branch. */
  readonly layer: number;
  /** The two nodes that are added. */
  readonly branch: NodeId;
  readonly shortcut: NodeId;
  /** What lies between the branch's last response and the addition, in order: factors, a gate, a drop. */
  readonly onBranch: readonly Op[];
  /** What lies between the block's input and the addition, in order: a shape change or projection, factors, a gate, a drop. */
  readonly onShortcut: readonly Op[];
}

const pathKinds: ReadonlySet<Op['kind']> = new Set(['scale', 'learnedScale', 'gate', 'drop', 'padShortcut']);

/** Input first. */
export function residualBlocks(graph: NetworkGraph): ResidualBlock[] {
  const measured = new Set(graph.layers.map(({ z }) => z));
  const before = ({ inputs }: GraphNode): GraphNode | undefined => graph.nodes[inputs[0] ?? -1];
  const isProjection = (node: GraphNode | undefined) => node?.op.kind === 'conv' && !measured.has(node.id);
  const isOnPath = (node: GraphNode) =>
    pathKinds.has(node.op.kind) || isProjection(node) || (node.op.kind === 'batchNorm' && isProjection(before(node)));
  /** What lies on a path that ends at a node, and the node in front of it. */
  const trace = (id: NodeId): { readonly from: NodeId; readonly ops: readonly Op[] } => {
    const node = graph.nodes[id];
    const previous = node && before(node);
    if (!node || !previous || !isOnPath(node)) return { from: id, ops: [] };
    const { from, ops } = trace(previous.id);
    return { from, ops: [...ops, node.op] };
  };
  return graph.nodes.flatMap(({ op, inputs: [branch = 0, shortcut = 0] }) => {
    if (op.kind !== 'add') return [];
    const { from, ops: onBranch } = trace(branch);
    const layer = graph.layers.findIndex(({ response }) => response === from);
    return [{ layer, branch, shortcut, onBranch, onShortcut: trace(shortcut).ops }];
  });
}
