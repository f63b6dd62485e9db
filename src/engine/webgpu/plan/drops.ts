/** What `drop` nodes draw by: a table for all plans of a network, with an entry a node and network at multiples of 256 bytes, as bindings must be. */

import type { GraphNode, NetworkGraph, NodeId, Op } from '../../../network/graph.ts';
import { thresholdOf } from '../../../ops/drop/mask.ts';
import { PACK } from '../../plan/packs.ts';
import { ALIGNMENT } from '../../plan/parameterLayout.ts';
import { type BufferRef, partOfArena } from './buffers.ts';

function dropsOf({ nodes }: NetworkGraph) {
  return nodes.filter((node): node is GraphNode<Extract<Op, { kind: 'drop' }>> => node.op.kind === 'drop');
}

/** Where each node's entries are, one for each network. */
export function dropPlaces(graph: NetworkGraph, networks: number): ReadonlyMap<NodeId, BufferRef> {
  const packs = networks * ALIGNMENT;
  return new Map(dropsOf(graph).map(({ id }, index) => [id, partOfArena('drops', index * packs, packs)]));
}

/** Entries as the `Drop` of `kernels/factors.ts`. @param seeds of each network, unsigned 32 bits */
export function dropTable(graph: NetworkGraph, seeds: readonly number[]): Uint32Array<ArrayBuffer> {
  const entries = dropsOf(graph).flatMap(({ id, op: { keep } }) => {
    const [keepBits = 0] = new Uint32Array(Float32Array.of(keep).buffer);
    return seeds.map((seed) => [seed, id, thresholdOf(keep), keepBits]);
  });
  const table = new Uint32Array(entries.length * ALIGNMENT * PACK);
  entries.forEach((entry, index) => {
    table.set(entry, index * ALIGNMENT * PACK);
  });
  return table;
}
