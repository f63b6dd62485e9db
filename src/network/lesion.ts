/**
 * Lesions of a trained network: it loses a unit, or two of its units change places, and nothing is trained again
 * (Veit et al. 2016, arXiv 1605.06431, figures 3 and 5).
 *
 * Of a residual block that is removed its shortcut stays, with the activation behind the addition: act(shortcut(x)). Of a plain
 * unit nothing stays; where it changes the shape, just what an option-A shortcut would do takes its place, as the layers
 * behind could not read anything else. In the graph both are a 1×1 conv of fixed weights, 1 from a channel to itself and 0
 * elsewhere: such a conv of stride s keeps every s-th row and column and appends zero channels, exactly.
 */
import type { GraphNode, NetworkGraph, NodeId, Op, ParameterId } from './graph.ts';
import { dirac } from './init.ts';
import { sameShape } from './shapes.ts';
import { changesShape, parametersOf, type Unit } from './units.ts';

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
export function without({ graph, parameters }: ParameterizedGraph, unit: Unit): ParameterizedGraph {
  const place = graph.nodes[unit.junction ?? unit.output];
  const { from, stride } = sourceOf(graph, unit);
  const channels = graph.nodes[from]?.shape[2];
  if (!place || channels === undefined) throw new RangeError('a unit of another network');
  const shape = [1, 1, channels, place.shape[2]];
  const weight = graph.parameters.length;
  const fans = { fanIn: channels, fanOut: place.shape[2] };
  const passing = {
    id: weight,
    name: 'passing on weight',
    role: 'weight',
    shape,
    ...fans,
    initializer: 'dirac',
  } as const;
  const op: Op = { kind: 'conv', kernel: 1, stride, weight, bias: null };
  const nodes = graph.nodes.map((node) => (node === place ? { ...node, op, inputs: [from] } : node));
  const operated = { ...graph, nodes, parameters: [...graph.parameters, passing] };
  return pruned({ graph: operated, parameters: [...parameters, dirac(shape)] }, unit.layers);
}

/** What takes the unit's place: which node is passed on, and at what stride. */
function sourceOf(graph: NetworkGraph, { input, output, junction }: Unit): { from: NodeId; stride: 1 | 2 } {
  const shortcut = graph.nodes[graph.nodes[junction ?? -1]?.inputs[1] ?? -1];
  if (shortcut && shortcut.op.kind !== 'padShortcut') return { from: shortcut.id, stride: 1 };
  if (shortcut?.op.kind === 'padShortcut') return { from: shortcut.inputs[0] ?? input, stride: shortcut.op.stride };
  const [rows, rowsBehind] = [graph.nodes[input]?.shape[0], graph.nodes[output]?.shape[0]];
  return { from: input, stride: rows === rowsBehind ? 1 : 2 };
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

const references = ['weight', 'bias', 'scale', 'shift'] as const;
type References = Partial<Record<(typeof references)[number], ParameterId | null>>;

function referencesOf(op: Op): ParameterId[] {
  return references.flatMap((key) => (op as References)[key] ?? []);
}

function renumbered(node: GraphNode, nodeAt: (id: NodeId) => NodeId, parameterAt: (id: ParameterId) => ParameterId) {
  const op = { ...node.op } as References;
  for (const key of references) if (typeof op[key] === 'number') op[key] = parameterAt(op[key]);
  return { ...node, id: nodeAt(node.id), op: op as Op, inputs: node.inputs.map(nodeAt) };
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
  return kinds[0] === kinds[1] && (one.junction === null) === (other.junction === null);
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
