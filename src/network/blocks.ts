/** Where the residual blocks of a network end. */
import type { NetworkGraph, NodeId } from './graph.ts';

/** The addition at the end of a residual block. */
export interface Junction {
  /** Index of the block's last weight layer. */
  readonly layer: number;
  /** What the branch, F(x), puts out. */
  readonly branch: NodeId;
  /** What the shortcut puts out. */
  readonly trunk: NodeId;
}

/** The junctions of a network, input first; none without shortcuts. */
export function junctions({ nodes, layers }: NetworkGraph): Junction[] {
  return nodes.flatMap(({ op, inputs: [branch = 0, trunk = 0] }) =>
    op.kind === 'add' ? [{ layer: layers.findLastIndex(({ z }) => z <= branch), branch, trunk }] : [],
  );
}
