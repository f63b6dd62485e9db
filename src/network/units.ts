/** What a network is made of and can do without: its blocks, and its conv layers that stand alone. */
import type { NetworkGraph, NodeId, Parameter } from './graph.ts';
import { owningLayers } from './owners.ts';
import { sameShape } from './shapes.ts';

export interface Unit {
  /** Indices of its weight layers: two of a block, else one. */
  readonly layers: readonly number[];
  /** Node that enters it. */
  readonly input: NodeId;
  /** Node that leaves it. */
  readonly output: NodeId;
  /** The addition at which its shortcut joins; null where it has none. */
  readonly junction: NodeId | null;
}

/** The units of a network, input first. Dense layers are none, as nothing could stand in their place. */
export function unitsOf(graph: NetworkGraph): Unit[] {
  const byPlace = new Map<string, number[]>();
  for (const { kind, item, repeat, layer } of graph.rows) {
    if (kind !== 'conv' || layer === null) continue;
    const place = `${item} ${repeat}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), layer]);
  }
  return [...byPlace.values()].map((layers) => unitOf(graph, layers));
}

function unitOf(graph: NetworkGraph, layers: readonly number[]): Unit {
  const first = graph.layers[layers[0] ?? -1];
  const last = graph.layers[layers.at(-1) ?? -1];
  const input = graph.nodes[first?.z ?? -1]?.inputs[0];
  if (!last || input === undefined) throw new RangeError(`no layers ${layers}`);
  const junction = graph.nodes.find(({ op, inputs }) => op.kind === 'add' && inputs[0] === last.response);
  return { layers, input, output: last.output, junction: junction?.id ?? null };
}

/** Whether height, width or channels are others behind a unit than before it. */
export function changesShape({ nodes }: NetworkGraph, { input, output }: Unit): boolean {
  const [before, after] = [nodes[input], nodes[output]];
  return !before || !after || !sameShape(before.shape, after.shape);
}

/** The parameters of a unit, in the graph's order, those of a projection among them. */
export function parametersOf(graph: NetworkGraph, { layers }: Unit): Parameter[] {
  const owners = owningLayers(graph);
  return graph.parameters.filter(({ id }) => layers.includes(owners[id] ?? -1));
}
