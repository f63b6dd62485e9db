/** Where the residual blocks of a network end, and what lies on their paths. */
import type { GraphNode, NetworkGraph, NodeId, Op } from './graph.ts';

/** The addition that ends a residual block. */
export interface ResidualAdd {
  /** Index of the block's last weight layer. */
  readonly layer: number;
  /** The addition itself. */
  readonly node: NodeId;
  /** What the branch, F(x), puts out, factors and gates included. */
  readonly branch: NodeId;
  /** What the shortcut puts out. */
  readonly shortcut: NodeId;
  /** What lies between the branch's last layer and the addition, in order: factors, a gate, a drop. */
  readonly onBranch: readonly Op[];
  /** What lies between the block's input and the addition, in order: a shape change or projection, a factor, a gate, a drop. */
  readonly onShortcut: readonly Op[];
}

const pathKinds: ReadonlySet<Op['kind']> = new Set(['scale', 'learnedScale', 'gate', 'drop', 'padShortcut']);

/** The residual additions of a network, input first; none without shortcuts. */
export function residualAdds(graph: NetworkGraph): ResidualAdd[] {
  const { nodes, layers } = graph;
  return nodes.flatMap(({ id, op, inputs: [branch = 0, shortcut = 0] }) => {
    if (op.kind !== 'add') return [];
    const layer = layers.findLastIndex(({ z }) => z <= branch);
    return [
      { layer, node: id, branch, shortcut, onBranch: pathTo(graph, branch), onShortcut: pathTo(graph, shortcut) },
    ];
  });
}

/** The ops that lie on a block's path and end at a node. */
function pathTo(graph: NetworkGraph, id: NodeId): readonly Op[] {
  const node = graph.nodes[id];
  const before = node && graph.nodes[node.inputs[0] ?? -1];
  const isOnPath =
    node && before && (pathKinds.has(node.op.kind) || isProjection(graph, node) || isNormOf(node, before, graph));
  return isOnPath ? [...pathTo(graph, before.id), node.op] : [];
}

/** A conv that is no layer of the main path. */
function isProjection({ layers }: NetworkGraph, { id, op }: GraphNode): boolean {
  return op.kind === 'conv' && !layers.some(({ z }) => z === id);
}

function isNormOf({ op }: GraphNode, before: GraphNode, graph: NetworkGraph): boolean {
  return (op.kind === 'batchNorm' || op.kind === 'groupNorm') && isProjection(graph, before);
}
