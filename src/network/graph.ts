/**
 * The network graph: what a spec means, as a list of ops with shapes and parameters. Every engine
 * runs this list forwards, and backwards for the gradients. A plain and a residual network differ
 * only in the ops in it; there is no second path through the code.
 */
import type { Activation, Kernel } from '../experiment/experiment.ts';
import type { NodeId, OpNode, ParameterId } from '../ops/op.ts';
import type { Op } from '../ops/ops.ts';
import type { Shape } from '../ops/shapes.ts';

export type { NodeId, ParameterId } from '../ops/op.ts';
export type { Op } from '../ops/ops.ts';
export type { Shape } from '../ops/shapes.ts';

/** A use of an op in the graph; node 0 is the input. */
export type GraphNode<O extends Op = Op> = OpNode<O>;

export interface Parameter {
  readonly id: ParameterId;
  /** For instance `conv 3 weight`. */
  readonly name: string;
  readonly role: 'weight' | 'bias' | 'scale' | 'shift';
  readonly shape: readonly number[];
  /** Of a weight: inputs and outputs of one unit, kernel positions included. */
  readonly fanIn: number;
  readonly fanOut: number;
  /**
   * How it starts: as the spec says; normal(0, 1 / fanIn) for the classifier; `dirac` passes each channel on (1 in the middle
   * of the kernel from channel i to channel i, 0 elsewhere); or every value at one number.
   */
  readonly initializer: 'spec' | 'classifier' | 'dirac' | number;
}

/** A conv or dense layer in the main path: what depth counts and what is measured. */
export interface WeightLayer {
  /** 0 for the layer nearest to the input. */
  readonly index: number;
  /** For instance `conv 3` or `classifier`; unique in the network. */
  readonly name: string;
  readonly kind: 'conv' | 'dense';
  /** Output before normalisation and activation: z in docs/science.md. */
  readonly z: NodeId;
  /**
   * Output after normalisation, before activation and addition; equals `z` without normalisation, and at the end of a
   * block whose sum is normalised only after the addition.
   */
  readonly response: NodeId;
  /**
   * Output after the activation that follows: what the next layer reads. At the end of a residual block it follows the addition (unless the branch
   * is activated by itself in front of that), and in pre-activation the normalisation of the sum.
   */
  readonly output: NodeId;
  /** The activation that gives `output`; `linear` where there is none. */
  readonly activation: Activation;
  readonly weight: ParameterId;
  /** Row of `NetworkGraph.rows` that draws it. */
  readonly row: number;
}

/** One line of the drawn stack: a layer, with or without weights. */
export interface Row {
  readonly name: string;
  readonly kind: 'conv' | 'identity' | 'maxpool' | 'avgpool' | 'dense' | 'classifier';
  readonly shape: Shape;
  readonly stride: 1 | 2;
  /** Of a conv. */
  readonly kernel?: Kernel;
  /** Index into the spec's stack; null for the classifier. */
  readonly item: number | null;
  /** Which repetition of the item, from 0. */
  readonly repeat: number;
  /** Index of the weight layer, or null. */
  readonly layer: number | null;
  /** Set on the first row of a residual block: the row at which its shortcut joins again. */
  readonly shortcutTo: number | null;
  /** There, too: what lies on the shortcut, in order; empty elsewhere, and where the shortcut passes its input on as it is. */
  readonly onShortcut: readonly Op['kind'][];
}

export interface NetworkGraph {
  /** In an order in which inputs come first. Node 0 is the input. */
  readonly nodes: readonly GraphNode[];
  readonly parameters: readonly Parameter[];
  readonly layers: readonly WeightLayer[];
  readonly rows: readonly Row[];
  /** The classifier's output, [1, 1, classes]; the loss is the mean cross entropy of its softmax. */
  readonly logits: NodeId;
}

/** How many classes a network tells apart. */
export function classesOf({ nodes, logits }: Pick<NetworkGraph, 'nodes' | 'logits'>): number {
  const node = nodes[logits];
  if (!node) throw new RangeError('a network without logits');
  return node.shape[2];
}

/**
 * For each parameter the index of the weight layer to which it belongs: a bias, scale or shift to
 * the layer it follows; those of a projection to the last layer of their block.
 */
export function owningLayers(graph: NetworkGraph): number[] {
  return graph.parameters.map(({ id }) => graph.layers.findLastIndex((layer) => layer.weight <= id));
}
