/** Where the residual blocks of a network end, and what lies on their paths. */
import type { GraphNode, NetworkGraph, NodeId, Op } from './graph.ts';

/** The addition at the end of a residual block. */
export interface Junction {
  /** Index of the block's last weight layer. */
  readonly layer: number;
  /** What the branch, F(x), puts out, factors and gates included. */
  readonly branch: NodeId;
  /** What the shortcut puts out. */
  readonly trunk: NodeId;
  /** What lies between the branch's last layer and the addition, in order: factors, a gate, a drop. */
  readonly onBranch: readonly Op[];
  /** What lies between the block's input and the addition, in order: a shape change or projection, a factor, a gate, a drop. */
  readonly onShortcut: readonly Op[];
}

const pathKinds: ReadonlySet<Op['kind']> = new Set(['scale', 'learnedScale', 'gate', 'drop', 'padShortcut']);

/** The junctions of a network, input first; none without shortcuts. */
export function junctions(graph: NetworkGraph): Junction[] {
  const { nodes, layers } = graph;
  return nodes.flatMap(({ op, inputs: [branch = 0, trunk = 0] }) => {
    if (op.kind !== 'add') return [];
    const layer = layers.findLastIndex(({ z }) => z <= branch);
    return [{ layer, branch, trunk, onBranch: pathTo(graph, branch), onShortcut: pathTo(graph, trunk) }];
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
  return op.kind === 'batchNorm' && isProjection(graph, before);
}
