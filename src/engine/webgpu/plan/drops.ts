/** What `drop` nodes draw by: a table for all plans of a network, with an entry a node at multiples of 256 bytes, as bindings must be. */

import type { GraphNode, NetworkGraph, NodeId, Op } from '../../../network/graph.ts';
import { thresholdOf } from '../../../ops/drop/mask.ts';
import { PACK } from '../../plan/packs.ts';
import { ALIGNMENT } from '../../plan/parameterLayout.ts';
import { type BufferRef, partOfArena } from './buffers.ts';

function dropsOf({ nodes }: NetworkGraph) {
  return nodes.filter((node): node is GraphNode<Extract<Op, { kind: 'drop' }>> => node.op.kind === 'drop');
}

/** Where each node's entry is. */
export function dropPlaces(graph: NetworkGraph): ReadonlyMap<NodeId, BufferRef> {
  return new Map(dropsOf(graph).map(({ id }, index) => [id, partOfArena('drops', index * ALIGNMENT, 1)]));
}

/** Entries as the `Drop` of `kernels/factors.ts`. @param seed of the experiment, unsigned 32 bits */
export function dropTable(graph: NetworkGraph, seed: number): Uint32Array<ArrayBuffer> {
  const drops = dropsOf(graph);
  const table = new Uint32Array(drops.length * ALIGNMENT * PACK);
  drops.forEach(({ id, op: { keep } }, index) => {
    const keepBits = new Uint32Array(Float32Array.of(keep).buffer);
    table.set([seed, id, thresholdOf(keep), ...keepBits], index * ALIGNMENT * PACK);
  });
  return table;
}
