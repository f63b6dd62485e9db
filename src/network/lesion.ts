/**
 * Lesions of a trained network: it loses a unit, or two of its units change places, and nothing is trained again
 * (Veit et al. 2016, arXiv 1605.06431, figures 3 and 5).
 *
 * Of a residual block that is removed its shortcut stays, with all that lies on it, and what follows the addition: its branch gives way to
 * a 1×1 conv of zeros. Of a plain unit nothing stays; where it changes the shape, just what an option-A shortcut would do takes its
 * place, as the layers after it could not read anything else. That is a 1×1 conv of weights 1 from a channel to itself and 0
 * elsewhere: of stride s it keeps every s-th row and column and appends zero channels, exactly. Every engine has such convs.
 */

import { referencesOf, withReferences } from '../ops/ops.ts';
import { elements, sameShape } from '../ops/shapes.ts';
import { residualAdds } from './blocks.ts';
import type { GraphNode, NetworkGraph, NodeId, Op, Parameter, ParameterId, Shape } from './graph.ts';
import { dirac } from './init.ts';

/** A part that a network can lose: a residual block, or a conv layer outside of blocks. */
export interface Unit {
  /** Indices of its weight layers: one or two. */
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
  // A residual item is two blocks where a shortcut goes around each conv.
  const units = [...byPlace.values()].flatMap((layers) => {
    const [first, last] = [layers.slice(0, 1), layers.slice(1)];
    return last.length > 0 && ends.has(layers[0] ?? -1) ? [first, last] : [layers];
  });
  return units.map((layers): Unit => {
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
function readBy({ layers, nodes }: NetworkGraph, layer = -1): NodeId {
  return nodes[layers[layer]?.z ?? -1]?.inputs[0] ?? -1;
}

/** Whether height, width or channels differ after a unit from those before it. */
export function changesShape({ nodes }: NetworkGraph, { input, output }: Unit): boolean {
  const [before, after] = [nodes[input], nodes[output]];
  return !before || !after || !sameShape(before.shape, after.shape);
}

/** The parameters of a unit, on both of its paths, in the graph's order. */
function parametersOf({ nodes, parameters }: NetworkGraph, { input, output }: Unit): Parameter[] {
  const inside = new Set<NodeId>([output]);
  const used = new Set<number>();
  for (const { id, op, inputs } of nodes.slice(input + 1, output + 1).toReversed()) {
    if (!inside.has(id)) continue;
    for (const each of inputs) inside.add(each);
    for (const parameter of referencesOf(op)) used.add(parameter);
  }
  return parameters.filter(({ id }) => used.has(id));
}

/** A graph and its parameters, in its order. */
export interface ParameterizedGraph {
  readonly graph: NetworkGraph;
  readonly parameters: readonly Float32Array[];
}

/**
 * The network without a unit.
 *
 * @param unit of the network's `unitsOf`
 * @throws RangeError for a unit of another network
 */
export function without(network: ParameterizedGraph, unit: Unit): ParameterizedGraph {
  const { graph, parameters } = network;
  const replaced = unit.hasShortcut ? graph.nodes[unit.output]?.inputs[0] : unit.output;
  const place = graph.nodes[replaced ?? -1];
  const from = graph.nodes[unit.hasShortcut ? readBy(graph, unit.layers[0]) : unit.input];
  if (!place || !from) throw new RangeError('a unit of another network');
  const weight = weightBetween(graph.parameters.length, from.shape, place.shape);
  const stride = from.shape[0] === place.shape[0] ? 1 : 2;
  const op: Op = { kind: 'conv', kernel: 1, stride, weight: weight.id, bias: null };
  const nodes = graph.nodes.map((node) => (node === place ? { ...node, op, inputs: [from.id] } : node));
  const operated = { ...graph, nodes, parameters: [...graph.parameters, weight] };
  const values = unit.hasShortcut ? new Float32Array(elements(weight.shape)) : dirac(weight.shape);
  return pruned({ graph: operated, parameters: [...parameters, values] }, unit.layers);
}

/** Of the 1×1 conv that takes a unit's place. */
function weightBetween(id: ParameterId, before: Shape, after: Shape): Parameter {
  const [fanIn, fanOut] = [before[2], after[2]];
  return {
    id,
    name: 'lesion weight',
    role: 'weight',
    shape: [1, 1, fanIn, fanOut],
    fanIn,
    fanOut,
    initializer: 'dirac',
  };
}

/** Drops some layers, and every node and parameter that the logits no longer depend on. */
function pruned({ graph, parameters }: ParameterizedGraph, layers: readonly number[]): ParameterizedGraph {
  const needed = new Set<NodeId>([graph.logits]);
  for (const { id, inputs } of graph.nodes.toReversed()) {
    if (needed.has(id)) for (const input of inputs) needed.add(input);
  }
  const nodes = graph.nodes.filter(({ id }) => needed.has(id));
  const used = new Set(nodes.flatMap(({ op }) => referencesOf(op)));
  const keptParameters = graph.parameters.filter(({ id }) => used.has(id));
  const keptLayers = graph.layers.filter(({ index }) => !layers.includes(index));
  const keptRows = graph.rows.filter(({ layer }) => layer === null || !layers.includes(layer));
  const nodeAt = placesOf(nodes.map(({ id }) => id));
  const parameterAt = placesOf(keptParameters.map(({ id }) => id));
  const layerAt = placesOf(keptLayers.map(({ index }) => index));
  const rowAt = placesOf(keptRows.map((row) => graph.rows.indexOf(row)));
  return {
    graph: {
      nodes: nodes.map((node) => renumbered(node, nodeAt, parameterAt)),
      parameters: keptParameters.map((parameter) => ({ ...parameter, id: parameterAt(parameter.id) })),
      layers: keptLayers.map((layer) => ({
        ...layer,
        index: layerAt(layer.index),
        z: nodeAt(layer.z),
        response: nodeAt(layer.response),
        output: nodeAt(layer.output),
        weight: parameterAt(layer.weight),
        row: rowAt(layer.row),
      })),
      rows: keptRows.map((row) => ({
        ...row,
        layer: row.layer === null ? null : layerAt(row.layer),
        shortcutTo: row.shortcutTo === null ? null : rowAt(row.shortcutTo),
      })),
      logits: nodeAt(graph.logits),
    },
    parameters: keptParameters.map(({ id }) => parameters[id] ?? new Float32Array()),
  };
}

/** Where each of some numbers stands among them. */
function placesOf(kept: readonly number[]): (id: number) => number {
  const places = new Map(kept.map((id, place) => [id, place]));
  return (id) => {
    const place = places.get(id);
    if (place === undefined) throw new RangeError(`${id} is gone`);
    return place;
  };
}

function renumbered(node: GraphNode, nodeAt: (id: NodeId) => NodeId, parameterAt: (id: ParameterId) => ParameterId) {
  return { ...node, id: nodeAt(node.id), op: withReferences(node.op, parameterAt), inputs: node.inputs.map(nodeAt) };
}

/** Whether two units can stand in each other's place: what enters and leaves both has one shape, and their parameters have the same shapes. */
export function areExchangeable(graph: NetworkGraph, one: Unit, other: Unit): boolean {
  const [a, b] = [one, other].map((unit) => graph.nodes[unit.input]?.shape);
  if (!a || !b || !sameShape(a, b) || changesShape(graph, one) || changesShape(graph, other)) return false;
  const kinds = [one, other].map((unit) =>
    parametersOf(graph, unit)
      .map(({ role, shape }) => `${role} ${shape}`)
      .join(),
  );
  return kinds[0] === kinds[1] && one.hasShortcut === other.hasShortcut;
}

/** The parameters of the network with two exchangeable units in each other's place: the graph stays as it is. */
export function swapped({ graph, parameters }: ParameterizedGraph, one: Unit, other: Unit): Float32Array[] {
  const result = [...parameters];
  const [ours, theirs] = [parametersOf(graph, one), parametersOf(graph, other)];
  for (const [index, { id }] of ours.entries()) {
    const partner = theirs[index];
    const [a, b] = [parameters[id], parameters[partner?.id ?? -1]];
    if (!partner || !a || !b) throw new RangeError('units that cannot be exchanged');
    [result[id], result[partner.id]] = [b, a];
  }
  return result;
}
