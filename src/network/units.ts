/** The parts that a network can lose: its residual blocks, and the conv layers outside of blocks. */

import { referencesOf } from '../ops/ops.ts';
import { sameShape } from '../ops/shapes.ts';
import { residualAdds } from './blocks.ts';
import type { NetworkGraph, NodeId, Parameter } from './graph.ts';

export interface Unit {
  /** Indices of its weight layers: two of a block, else one. */
  readonly layers: readonly number[];
  /** Node at which it begins: where a residual block's paths part, or what its first layer reads. */
  readonly input: NodeId;
  /** Node at which it ends: the addition of a residual block, or its last layer's output. */
  readonly output: NodeId;
  /** Whether a shortcut joins at the end. */
  readonly hasShortcut: boolean;
}

/** The units of a network, input first. Dense layers are none, as nothing could stand in their place. */
export function unitsOf(graph: NetworkGraph): Unit[] {
  const byPlace = new Map<string, number[]>();
  for (const { kind, item, repeat, layer } of graph.rows) {
    if (kind !== 'conv' || layer === null) continue;
    const place = `${item} ${repeat}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), layer]);
  }
  const ends = new Map(residualAdds(graph).map((add) => [add.layer, add]));
  return [...byPlace.values()].map((layers): Unit => {
    const last = layers.at(-1) ?? -1;
    const end = ends.get(last);
    if (!end)
      return { layers, input: readBy(graph, layers[0]), output: graph.layers[last]?.output ?? -1, hasShortcut: false };
    let input = end.shortcut;
    for (const _ of end.onShortcut) input = graph.nodes[input]?.inputs[0] ?? -1;
    return { layers, input, output: end.node, hasShortcut: true };
  });
}

/** What a layer reads. */
export function readBy({ layers, nodes }: NetworkGraph, layer = -1): NodeId {
  return nodes[layers[layer]?.z ?? -1]?.inputs[0] ?? -1;
}

/** Whether height, width or channels differ after a unit from those before it. */
export function changesShape({ nodes }: NetworkGraph, { input, output }: Unit): boolean {
  const [before, after] = [nodes[input], nodes[output]];
  return !before || !after || !sameShape(before.shape, after.shape);
}

/** The parameters of a unit, on both of its paths, in the graph's order. */
export function parametersOf({ nodes, parameters }: NetworkGraph, { input, output }: Unit): Parameter[] {
  const inside = new Set<NodeId>([output]);
  const used = new Set<number>();
  for (const { id, op, inputs } of nodes.slice(input + 1, output + 1).toReversed()) {
    if (!inside.has(id)) continue;
    for (const each of inputs) inside.add(each);
    for (const parameter of referencesOf(op)) used.add(parameter);
  }
  return parameters.filter(({ id }) => used.has(id));
}
