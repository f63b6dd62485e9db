/**
 * Freezing batch norm: with its statistics fixed, normalisation is a constant slope and intercept for each channel, so it can be
 * folded into the conv or dense layer before it. The frozen network computes in training what the original does in evaluation,
 * each image by itself and with nothing dropped by chance; its gradients are those of that function. A batch norm with no layer before it that could take it
 * in becomes a 1×1 conv that reads each channel alone.
 */

import { NORM_EPSILON } from '../ops/batchNorm/op.ts';
import { withReferences } from '../ops/ops.ts';
import type { GraphNode, NetworkGraph, NodeId, Op, Parameter, ParameterId } from './graph.ts';

/** Of a batch norm's input: over images and positions, one value a channel. */
export interface ChannelStatistics {
  readonly node: NodeId;
  readonly mean: Float32Array;
  /** Of the population. */
  readonly variance: Float32Array;
}

export interface FoldedNetwork {
  /** Its layers are those of the original, index by index; `z` of a folded one is the original's response. */
  readonly graph: NetworkGraph;
  readonly parameters: readonly Float32Array[];
  /** For each node of the original the one that puts out the same; null where folding left none (z before a batch norm). */
  readonly nodes: readonly (NodeId | null)[];
}

type BatchNorm = Extract<Op, { kind: 'batchNorm' }>;
type Weighted = Extract<Op, { kind: 'conv' | 'dense' }>;

/** What a batch norm does to a channel's number: slope · x + intercept. */
interface Affine {
  readonly norm: GraphNode<BatchNorm>;
  readonly slope: Float64Array;
  readonly intercept: Float64Array;
}

/**
 * @param parameters of the graph, in its order
 * @param statistics of every batch norm, as `Trainer.statistics` gives them
 * @throws RangeError where a batch norm has no statistics
 */
export function foldNorms(
  original: NetworkGraph,
  parameters: readonly Float32Array[],
  statistics: readonly ChannelStatistics[],
): FoldedNetwork {
  const graph = evaluationMode(original);
  const affines = new Map(statistics.map((each) => [each.node, affineOf(graph, parameters, each)]));
  const draft = new FrozenDraft(graph, parameters);
  for (const node of graph.nodes) {
    const { op } = node;
    const norm = onlyReaderOf(graph, node.id);
    const folds = isWeighted(op) && norm?.op.kind === 'batchNorm';
    if (folds) draft.fold(node as GraphNode<Weighted>, required(affines.get(norm.id), `statistics of node ${norm.id}`));
    else if (op.kind !== 'batchNorm') draft.copy(node);
    else if (!draft.has(node.id)) draft.diagonal(required(affines.get(node.id), `statistics of node ${node.id}`));
  }
  return draft.finished();
}

function isWeighted(op: Op): op is Weighted {
  return op.kind === 'conv' || op.kind === 'dense';
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new RangeError(`no ${what}`);
  return value;
}

function onlyReaderOf(graph: NetworkGraph, id: NodeId): GraphNode | undefined {
  const readers = graph.nodes.filter(({ inputs }) => inputs.includes(id));
  return readers.length === 1 ? readers[0] : undefined;
}

function affineOf(
  graph: NetworkGraph,
  parameters: readonly Float32Array[],
  { node, mean, variance }: ChannelStatistics,
): Affine {
  const norm = required(graph.nodes[node], `node ${node}`);
  if (norm.op.kind !== 'batchNorm') throw new RangeError(`node ${node} is no batch norm`);
  const scale = required(parameters[norm.op.scale], 'scale');
  const shift = required(parameters[norm.op.shift], 'shift');
  const slope = Float64Array.from(scale, (value, c) => value / Math.sqrt((variance[c] ?? 0) + NORM_EPSILON));
  const intercept = Float64Array.from(shift, (value, c) => value - (slope[c] ?? 0) * (mean[c] ?? 0));
  return { norm: norm as GraphNode<BatchNorm>, slope, intercept };
}

/** The growing lists of the frozen network. */
class FrozenDraft {
  private readonly nodes: GraphNode[] = [];
  private readonly parameters: Parameter[] = [];
  private readonly values: Float32Array[] = [];
  private readonly counterparts: (NodeId | null)[];
  private readonly taken = new Map<ParameterId, ParameterId>();

  constructor(
    private readonly graph: NetworkGraph,
    private readonly before: readonly Float32Array[],
  ) {
    this.counterparts = graph.nodes.map(() => null);
  }

  has(id: NodeId): boolean {
    return this.counterparts[id] !== null;
  }

  /** A node as it was, with its parameters. */
  copy({ id, op, inputs, shape }: GraphNode): void {
    this.counterparts[id] = this.append(
      withReferences(op, (each) => this.take(each)),
      inputs,
      shape,
    );
  }

  /** A layer with the batch norm after it: weights · slope, and slope · bias + intercept. */
  fold({ op, inputs, shape }: GraphNode<Weighted>, { norm, slope, intercept }: Affine): void {
    const columns = slope.length;
    const weights = required(this.before[op.weight], `parameter ${op.weight}`);
    const bias = op.bias === null ? null : required(this.before[op.bias], `parameter ${op.bias}`);
    const weight = this.add(
      this.parameterOf(op.weight),
      weights.map((value, i) => value * (slope[i % columns] ?? 0)),
    );
    const folded = this.addBias(
      norm,
      intercept.map((value, c) => value + (slope[c] ?? 0) * (bias?.[c] ?? 0)),
    );
    this.taken.set(op.weight, weight);
    this.counterparts[norm.id] = this.append({ ...op, weight, bias: folded }, inputs, shape);
  }

  /** A batch norm by itself. */
  diagonal({ norm, slope, intercept }: Affine): void {
    const channels = slope.length;
    const scale = this.parameterOf(norm.op.scale);
    const values = Float32Array.from({ length: channels ** 2 }, (_, i) =>
      Math.floor(i / channels) === i % channels ? (slope[i % channels] ?? 0) : 0,
    );
    const shape = [1, 1, channels, channels];
    const name = `${scale.name} weight`;
    const weight = this.add(
      { ...scale, name, role: 'weight', shape, fanIn: channels, fanOut: channels, initializer: 'dirac' },
      values,
    );
    const op = { kind: 'conv', kernel: 1, stride: 1, weight, bias: this.addBias(norm, intercept) } as const;
    this.counterparts[norm.id] = this.append(op, norm.inputs, norm.shape);
  }

  finished(): FoldedNetwork {
    const { graph, nodes, parameters, values, counterparts } = this;
    const place = (id: NodeId, what: string) => required(counterparts[id] ?? undefined, what);
    const layers = graph.layers.map((layer) => {
      const response = place(layer.response, 'response');
      return {
        ...layer,
        z: counterparts[layer.z] ?? response,
        response,
        output: place(layer.output, 'output'),
        weight: required(this.taken.get(layer.weight), 'weight'),
      };
    });
    const logits = place(graph.logits, 'logits');
    return { graph: { nodes, parameters, layers, rows: graph.rows, logits }, parameters: values, nodes: counterparts };
  }

  private append(op: Op, inputs: readonly NodeId[], shape: GraphNode['shape']): NodeId {
    const id = this.nodes.length;
    const places = inputs.map((input) => required(this.counterparts[input] ?? undefined, `node ${input}`));
    this.nodes.push({ id, op, inputs: places, shape });
    return id;
  }

  private parameterOf(id: ParameterId): Parameter {
    return required(this.graph.parameters[id], `parameter ${id}`);
  }

  private add(parameter: Parameter, values: ArrayLike<number>): ParameterId {
    const id = this.parameters.length;
    this.parameters.push({ ...parameter, id });
    this.values.push(Float32Array.from(values));
    return id;
  }

  /** In the place of a batch norm's shift, which has its shape. */
  private addBias({ op }: GraphNode<BatchNorm>, values: Float64Array): ParameterId {
    const shift = this.parameterOf(op.shift);
    return this.add({ ...shift, name: shift.name.replace(/shift$/, 'bias'), role: 'bias' }, values);
  }

  private take(id: ParameterId): ParameterId {
    const known = this.taken.get(id);
    if (known !== undefined) return known;
    const added = this.add(this.parameterOf(id), required(this.before[id], `values of parameter ${id}`));
    this.taken.set(id, added);
    return added;
  }
}

/**
 * The graph with nothing left to chance: what training drops by chance, its expectation instead, as in evaluation. Nodes and
 * parameters keep their places; a graph that drops nothing is returned itself.
 */
export function evaluationMode(graph: NetworkGraph): NetworkGraph {
  if (!graph.nodes.some(({ op }) => op.kind === 'drop')) return graph;
  const nodes = graph.nodes.map((node): GraphNode => {
    return node.op.kind === 'drop' ? { ...node, op: { kind: 'scale', factor: node.op.keep } } : node;
  });
  return { ...graph, nodes };
}
