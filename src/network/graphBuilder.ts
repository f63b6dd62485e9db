/**
 * The growing lists of a graph under construction: appends nodes with their shapes and parameters
 * with their fans. What the items of a spec mean is decided in `build.ts`.
 */
import type { Activation, Kernel, NetworkSpec } from '../experiment/experiment.ts';
import { type ComputedOp, rulesOf } from '../ops/ops.ts';
import { elements } from '../ops/shapes.ts';
import type { GraphNode, NetworkGraph, NodeId, Parameter, ParameterId, Row, Shape, WeightLayer } from './graph.ts';

/** A conv or dense layer's parameters are named after it, for instance `conv 3 weight`. */
interface Weighted {
  readonly name: string;
  readonly initializer: Parameter['initializer'];
  readonly bias: boolean;
  /** What the biases start at, where not as the weights' initialisation has it. */
  readonly biasFrom?: number;
}

/** How many groups of a group norm so many channels are divided into: the greatest common divisor. */
function groupsOf(channels: number, groups: number): number {
  return groups === 0 ? channels : groupsOf(groups, channels % groups);
}

export class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  readonly parameters: Parameter[] = [];
  readonly layers: WeightLayer[] = [];
  readonly rows: Row[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(input: Shape) {
    this.nodes.push({ id: 0, op: { kind: 'input' }, inputs: [], shape: input });
  }

  shape(id: NodeId): Shape {
    const node = this.nodes[id];
    if (!node) throw new RangeError(`no node ${id}`);
    return node.shape;
  }

  /** @param units channels of the output, for an op that leaves them open; as many as its input has by default */
  node(op: ComputedOp, inputs: readonly [NodeId, ...NodeId[]], units?: number): NodeId {
    const id = this.nodes.length;
    const input = this.shape(inputs[0]);
    this.nodes.push({ id, op, inputs, shape: rulesOf(op).shape(input, op, units ?? input[2]) });
    return id;
  }

  /** `conv 1`, `conv 2`, …: numbers each kind of layer from 1. */
  numbered(kind: string): string {
    const number = (this.numbers.get(kind) ?? 0) + 1;
    this.numbers.set(kind, number);
    return `${kind} ${number}`;
  }

  conv(x: NodeId, kernel: Kernel, stride: 1 | 2, units: number, weighted: Weighted): NodeId {
    const channels = this.shape(x)[2];
    const positions = kernel * kernel;
    const weight = this.weight([kernel, kernel, channels, units], positions * channels, positions * units, weighted);
    const bias = this.bias(units, positions * channels, weighted);
    return this.node({ kind: 'conv', kernel, stride, weight, bias }, [x], units);
  }

  dense(x: NodeId, units: number, weighted: Weighted): NodeId {
    const inputs = elements(this.shape(x));
    const weight = this.weight([inputs, units], inputs, units, weighted);
    const bias = this.bias(units, inputs, weighted);
    return this.node({ kind: 'dense', weight, bias }, [x], units);
  }

  /**
   * The normalised node, or `x` itself where the spec has no normalisation.
   * @param scaledBy what its scale starts at
   */
  norm(x: NodeId, { norm, groups }: Pick<NetworkSpec, 'norm' | 'groups'>, name: string, scaledBy: 0 | 1 = 1): NodeId {
    if (norm === 'none') return x;
    const channels = this.shape(x)[2];
    const scale = this.perUnit(name, 'scale', channels, scaledBy);
    const shift = this.perUnit(name, 'shift', channels);
    if (norm === 'batch') return this.node({ kind: 'batchNorm', scale, shift }, [x]);
    return this.node({ kind: 'groupNorm', groups: norm === 'layer' ? 1 : groupsOf(channels, groups), scale, shift }, [
      x,
    ]);
  }

  /** The activated node, or `x` itself where the activation is linear. */
  activation(x: NodeId, fn: Activation): NodeId {
    return fn === 'linear' ? x : this.node({ kind: 'activation', fn }, [x]);
  }

  /** The node times a constant, or `x` itself where that is 1. */
  scaled(x: NodeId, factor: number): NodeId {
    return factor === 1 ? x : this.node({ kind: 'scale', factor }, [x]);
  }

  /** @param layer whose output it scales */
  learnedScale(x: NodeId, layer: string): NodeId {
    const scale = this.parameter({
      name: `${layer} branch scale`,
      role: 'scale',
      shape: [1],
      fanIn: 1,
      fanOut: 1,
      initializer: 0,
    });
    return this.node({ kind: 'learnedScale', scale }, [x]);
  }

  /** The node with dropout or stochastic depth, or `x` itself where everything is kept. */
  dropped(x: NodeId, keep: number, unit: 'element' | 'minibatch'): NodeId {
    return keep === 1 ? x : this.node({ kind: 'drop', keep, unit }, [x]);
  }

  /** Where a weight layer is drawn and which nodes are measured for it. @returns its index */
  weightLayer(
    layer: Omit<WeightLayer, 'index' | 'row' | 'weight'>,
    row: Omit<Row, 'name' | 'layer' | 'onShortcut'>,
  ): number {
    const op = this.nodes[layer.z]?.op;
    if (op?.kind !== 'conv' && op?.kind !== 'dense') throw new RangeError(`node ${layer.z} has no weight`);
    const index = this.layers.length;
    this.layers.push({ ...layer, index, weight: op.weight, row: this.rows.length });
    this.rows.push({ ...row, name: layer.name, layer: index, onShortcut: [] });
    return index;
  }

  /** The activation of a layer whose sum is activated only later. */
  activatedBy(index: number, output: NodeId, activation: Activation): void {
    const layer = this.layers[index];
    if (layer) this.layers[index] = { ...layer, output, activation };
  }

  /** The whole graph, with the classifier that it ends with. */
  end(x: NodeId, classes: number): NetworkGraph {
    const name = 'classifier';
    const z = this.dense(x, classes, { name, initializer: 'classifier', bias: true });
    const row = { kind: name, shape: this.shape(z), stride: 1, item: null, repeat: 0, shortcutTo: null } as const;
    this.weightLayer({ name, kind: 'dense', z, response: z, output: z, activation: 'linear' }, row);
    const { nodes, parameters, layers, rows } = this;
    return { nodes, parameters, layers, rows, logits: z };
  }

  private weight(shape: readonly number[], fanIn: number, fanOut: number, weighted: Weighted): ParameterId {
    const { name, initializer } = weighted;
    return this.parameter({ name: `${name} weight`, role: 'weight', shape, fanIn, fanOut, initializer });
  }

  /** Weights that are not drawn have biases of 0. */
  private bias(units: number, fanIn: number, { name, bias, biasFrom, initializer }: Weighted): ParameterId | null {
    if (!bias) return null;
    const from = biasFrom ?? (initializer === 'spec' || initializer === 'classifier' ? initializer : 0);
    return this.parameter({
      name: `${name} bias`,
      role: 'bias',
      shape: [units],
      fanIn,
      fanOut: units,
      initializer: from,
    });
  }

  private perUnit(layer: string, role: 'scale' | 'shift', units: number, initializer = 0): ParameterId {
    return this.parameter({ name: `${layer} ${role}`, role, shape: [units], fanIn: 1, fanOut: 1, initializer });
  }

  private parameter(parameter: Omit<Parameter, 'id'>): ParameterId {
    const id = this.parameters.length;
    this.parameters.push({ id, ...parameter });
    return id;
  }
}
