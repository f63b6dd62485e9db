/**
 * The network graph: what a spec means, as a list of ops with shapes and parameters. Every engine
 * runs this list forwards, and backwards for the gradients. A plain and a residual network differ
 * only in the ops in it; there is no second path through the code.
 */
import type { Activation } from '../experiment/experiment.ts';

/** Height, width and channels of one image's activations; dense layers give [1, 1, units]. */
export type Shape = readonly [height: number, width: number, channels: number];

export type NodeId = number;
export type ParameterId = number;

/** Added to the variance in batch normalisation. */
export const NORM_EPSILON = 1e-5;
/** Slope of leaky ReLU for negative inputs. */
export const LEAKY_SLOPE = 0.01;
/** Of the images: the data set has ten classes, as every manifest must. */
export const CLASSES = 10;

export type Op =
  | { readonly kind: 'input' }
  /** Cross-correlation, zero padding (kernel − 1) / 2 on each side; weight [kernel, kernel, in, out]. */
  | {
      readonly kind: 'conv';
      readonly kernel: 1 | 3;
      readonly stride: 1 | 2;
      readonly weight: ParameterId;
      readonly bias: ParameterId | null;
    }
  /** Flattens its input in row, column, channel order; weight [inputs, units]. */
  | { readonly kind: 'dense'; readonly weight: ParameterId; readonly bias: ParameterId | null }
  /** Per channel over batch and positions: scale · (x − mean) / √(variance + ε) + shift. */
  | { readonly kind: 'batchNorm'; readonly scale: ParameterId; readonly shift: ParameterId }
  | { readonly kind: 'activation'; readonly fn: Exclude<Activation, 'linear'> }
  | { readonly kind: 'identity' }
  /** The sum of two inputs of one shape. */
  | { readonly kind: 'add' }
  /** factor · x, the factor a constant of the spec; 0 cuts the path. */
  | { readonly kind: 'scale'; readonly factor: number }
  /** scale · x with one learned number, of shape [1], that starts at 0 (SkipInit, De & Smith 2020; ReZero, Bachlechner et al. 2020). */
  | { readonly kind: 'learnedScale'; readonly scale: ParameterId }
  /** Of two inputs of one shape, x and z: σ(z) · x where `open`, (1 − σ(z)) · x where `shut` (He et al. 2016, arXiv 1603.05027). */
  | { readonly kind: 'gate'; readonly part: 'open' | 'shut' }
  /**
   * In training each element (dropout), or the whole minibatch at once (stochastic depth, Huang et al. 2016, arXiv 1603.09382),
   * is passed on with probability `keep`, and is 0 otherwise; what is passed on is not rescaled. In evaluation: keep · x, the
   * expectation. Which are kept, `ops/drop/mask.ts` decides, for every engine alike.
   */
  | { readonly kind: 'drop'; readonly keep: number; readonly unit: 'element' | 'minibatch' }
  /** Option A: every `stride`-th row and column; zero channels appended, or the last channels left out where the block is narrower. */
  | { readonly kind: 'padShortcut'; readonly stride: 1 | 2 }
  /** 2×2, stride 2; windows that overhang an odd edge use the pixels that are there. */
  | { readonly kind: 'maxPool' }
  | { readonly kind: 'averagePool' }
  | { readonly kind: 'globalAveragePool' };

const references = ['weight', 'bias', 'scale', 'shift'] as const;
type References = Partial<Record<(typeof references)[number], ParameterId | null>>;

/** The parameters of an op. */
export function referencesOf(op: Op): ParameterId[] {
  return references.flatMap((key) => (op as References)[key] ?? []);
}

/** The op with each of its parameters put in the place of another. */
export function withReferences(op: Op, place: (id: ParameterId) => ParameterId): Op {
  const placed = { ...op } as References;
  for (const key of references) if (typeof placed[key] === 'number') placed[key] = place(placed[key]);
  return placed as Op;
}

export interface GraphNode<O extends Op = Op> {
  readonly id: NodeId;
  readonly op: O;
  /** Earlier nodes, in the op's order. */
  readonly inputs: readonly NodeId[];
  readonly shape: Shape;
}

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
  /** Output before normalisation and activation: z in SCIENCE's definitions. */
  readonly z: NodeId;
  /**
   * Output after normalisation, before activation and addition; equals `z` without normalisation, and at the end of a
   * pre-activation block, whose sum is normalised only after the addition.
   */
  readonly response: NodeId;
  /**
   * Output after the activation that follows: what the next layer reads. At the end of a residual block it follows the addition, and in
   * pre-activation the normalisation of the sum.
   */
  readonly output: NodeId;
  /** The activation behind `output`; `linear` where there is none. */
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
  /** The classifier's output, [1, 1, CLASSES]; the loss is the mean cross entropy of its softmax. */
  readonly logits: NodeId;
}
