/**
 * What theory says of the gradient's size over depth at initialisation, for plain chains of convs.
 *
 * Mean-field theory (Poole et al. 2016, arXiv 1606.05340; Schoenholz et al. 2017, arXiv 1611.01232): in a wide network whose weights
 * have mean 0 and variance V, a layer's outputs z are about normal, and from a conv to the one before it the mean square of ∂L/∂z
 * changes by
 *
 *     V × terms × E[φ′²]
 *
 * with `terms` the conv's outputs that an input of it feeds: k² · C_out / stride² in the middle of a map, for filters of k × k, fewer at its edge, where
 * taps lie in the zero padding. So the edge receives less gradient, and hands on less: what is kept here is the mean square of every
 * position, not that of the map, whose share of 9 taps is not the average one (on 7×7, (19/21)² = 0.819) but comes to be
 * ((1 + 2 cos(π/8)) / 3)² = 0.901, the largest eigenvalue of the 0/1 matrix of what the kernel reaches. Glorot & Bengio (2010) and He
 * et al. (2015, arXiv 1502.01852, section 2.2) choose V so that the product is 1 without padding. Without normalisation φ′ is taken at z,
 * whose variance follows layer by layer, position by position.
 *
 * Batch norm hands φ values of variance 1, and the gradient by z is that by them over the standard deviation of z: φ′ of ReLU gives
 * ½ / Var(z). Var(z) is the variance within a channel, so the mean of what the conv reads does not count: without padding,
 * V · 9 · C_in · (E[x²] − E[x]²) = V · 9 · C_in · (½ − 1/2π) after ReLU. Between convs of one shape that makes a factor of π/(π−1),
 * Yang et al.'s (2019, arXiv 1902.08129), whatever the weights; at a change of width or stride, or beside padding, it is another. What the
 * mean and the variance pass back is small in a large batch, and left out.
 *
 * Channels draw their own weights, so their variances differ, and the mean of 1 / Var(z) is more than 1 over the mean of Var(z). Where the k
 * values that a channel adds up are independent and alike, its variance is χ² of k degrees of freedom, which makes a factor of k / (k − 2). (A tap
 * that lies in the padding at some positions varies less there: k is Satterthwaite's, (Σλ)² / Σλ² of the variances λ of all terms.) Pixels beside
 * each other are not independent but nearly alike, and so is what the first convs make of them: there the factor is larger, by what is in the
 * images, which a theory of the network alone cannot tell. Over many layers that hardly counts; of few there is no theory. (Narrow and deep, z is
 * not normal any more, and Var(z) is larger: 30 convs of width 8 are 1.8 % a layer below the theory.)
 */
import type { Activation, Kernel, NetworkSpec } from '../experiment/experiment.ts';
import { activationFormulas } from '../ops/activation/formula.ts';
import { dips, LEAKY_SLOPE } from '../ops/activation/op.ts';
import { numbers } from '../ops/arithmetic.ts';
import { NORM_EPSILON } from '../ops/batchNorm/op.ts';
import type { GraphNode, NetworkGraph, Op, Parameter, WeightLayer } from './graph.ts';

/** Measured with 14×14 images: the 7 convs of T7 and S14 are 4 and 6 % a layer above the theory, 9 and more up to 3, 12 and more within 2 %. */
const FEWEST_BEHIND_NORM = 9;

type ConvNode = GraphNode<Extract<Op, { kind: 'conv' }>>;

/** A value for each position of a map, row by row. */
type Field = readonly number[];

/** That an output's position reads an input's by one of the taps. */
interface Reach {
  readonly from: number;
  readonly to: number;
  readonly tap: number;
}

/** What the theory asks of a conv. */
interface Conv {
  /** Of its weights. */
  readonly variance: number;
  /** Of the biases. */
  readonly biasVariance: number;
  /** Channels that it reads, and makes. */
  readonly channelsIn: number;
  readonly channelsOut: number;
  /** Positions of the map it reads, and of the one it makes. */
  readonly inputs: number;
  readonly outputs: number;
  readonly reaches: readonly Reach[];
  /** Of the filter. */
  readonly taps: number;
}

/** Variance of a layer's initial weights. @see init.ts */
function weightVariance({ fanIn, fanOut, shape }: Parameter, { init, std, gain }: NetworkSpec): number {
  const variances = {
    he: 2 / fanIn,
    xavier: 2 / (fanIn + fanOut),
    normal: std ** 2,
    orthogonal: 1 / Math.max(fanIn, shape.at(-1) ?? 1),
    pytorch: 1 / (3 * fanIn),
    keras: 2 / (fanIn + fanOut),
  };
  return gain ** 2 * variances[init];
}

/** What a conv reads from a map of `side` × `side`, what lies in the zero padding left out. */
function reachesOf(side: number, stride: 1 | 2, kernel: Kernel): Reach[] {
  const made = Math.ceil(side / stride);
  const along = Array.from({ length: made * kernel }, (_, i) => {
    const [to, tap] = [Math.floor(i / kernel), i % kernel];
    return { to, tap, from: to * stride + tap - (kernel - 1) / 2 };
  }).filter(({ from }) => from >= 0 && from < side);
  return along.flatMap((row) =>
    along.map((column) => ({
      from: row.from * side + column.from,
      to: row.to * made + column.to,
      tap: row.tap * kernel + column.tap,
    })),
  );
}

function sum(field: Field): number {
  return field.reduce((so, value) => so + value, 0);
}

function mean(field: Field): number {
  return sum(field) / field.length;
}

/** What the outputs of a conv gather from its inputs. */
function gathered({ outputs, reaches }: Conv, from: (reach: Reach) => number): Field {
  const field: number[] = Array(outputs).fill(0);
  for (const reach of reaches) field[reach.to] = (field[reach.to] ?? 0) + from(reach);
  return field;
}

/** What the inputs of a conv are sent back by its outputs. */
function sentBack({ inputs, reaches }: Conv, gradient: Field): Field {
  const field: number[] = Array(inputs).fill(0);
  for (const { from, to } of reaches) field[from] = (field[from] ?? 0) + (gradient[to] ?? 0);
  return field;
}

/** Points of the integral below, evenly spaced over ±8 standard deviations. */
const POINTS = 100;
const points = Array.from({ length: POINTS }, (_, i) => 8 * ((2 * i + 1) / POINTS - 1));
const heights = points.map((x) => Math.exp((-x * x) / 2));
const weights = heights.map((height) => height / sum(heights));

/** Of an activation: E[φ(z)²] and E[φ′(z)²] for z normal with mean 0 and a variance. */
type Squares = (variance: number) => { readonly value: number; readonly slope: number };

/** Of slope 1 on one side of 0, and another on the other. */
function kinked(slope: number): Squares {
  const square = (1 + slope ** 2) / 2;
  return (variance) => ({ value: square * variance, slope: square });
}

/** Integrals are kept by variance, in float32: the positions of a map have few different ones. */
function smooth(valueAt: (x: number) => number, slopeAt: (x: number) => number): Squares {
  const known = new Map<number, ReturnType<Squares>>();
  return (exact) => {
    const variance = Math.fround(exact);
    const found = known.get(variance);
    if (found) return found;
    const meanSquare = (of: (x: number) => number) =>
      points.reduce((so, x, i) => so + (weights[i] ?? 0) * of(x * Math.sqrt(variance)) ** 2, 0);
    const squares = { value: meanSquare(valueAt), slope: meanSquare(slopeAt) };
    known.set(variance, squares);
    return squares;
  };
}

/** Slopes below 0 of those that are straight on either side of it. */
const kinks: Readonly<Partial<Record<Activation, number>>> = { linear: 1, relu: 0, leaky: LEAKY_SLOPE };

function squaresOf(activation: Activation): Squares {
  const slope = kinks[activation];
  if (slope !== undefined) return kinked(slope);
  const { value, slope: slopeAt } = activationFormulas[activation];
  const valueAt = (x: number) => value(numbers, x);
  return smooth(valueAt, (x) => slopeAt(numbers, dips(activation) ? x : valueAt(x)));
}

/** Whether a conv reads a layer's output through nothing but its normalisation, activation and identities. */
function follows(graph: NetworkGraph, conv: ConvNode, layer: WeightLayer): boolean {
  const between: readonly Op['kind'][] = ['activation', 'batchNorm', 'identity'];
  let node = graph.nodes[conv.inputs[0] ?? 0];
  while (node && node.id !== layer.z && between.includes(node.op.kind)) node = graph.nodes[node.inputs[0] ?? 0];
  return node?.id === layer.z;
}

/**
 * A layer as the theory sees it; null where its weights are not drawn as the network's spec says, and of 1×1 filters, which add up too few values
 * for z to be normal: at width 8 they are 6 % a layer off.
 * @param known what convs of other layers reach, by side and stride
 */
function convOf(
  graph: NetworkGraph,
  spec: NetworkSpec,
  { z }: WeightLayer,
  known: Map<string, readonly Reach[]>,
): Conv | null {
  const node = graph.nodes[z];
  if (node?.op.kind !== 'conv') return null;
  const { op, shape, inputs } = node as ConvNode;
  const weight = graph.parameters[op.weight];
  const read = graph.nodes[inputs[0] ?? 0];
  if (weight?.initializer !== 'spec' || op.kernel === 1 || !read) return null;
  const [side, , channelsIn] = read.shape;
  const key = `${side} ${op.stride} ${op.kernel}`;
  const reaches = known.get(key) ?? reachesOf(side, op.stride, op.kernel);
  known.set(key, reaches);
  return {
    variance: weightVariance(weight, spec),
    biasVariance: spec.init === 'pytorch' && op.bias !== null ? 1 / (3 * weight.fanIn) : 0,
    channelsIn,
    channelsOut: shape[2],
    inputs: side ** 2,
    outputs: shape[0] ** 2,
    reaches,
    taps: op.kernel ** 2,
  };
}

/**
 * The signal gradient of every conv layer over that of the last one, at initialisation.
 *
 * @returns one value a conv layer, input first; null where no theory is at hand: with shortcuts or pooling between the
 *   layers, with weights that start as the identity, with layer or group norm, and with batch norm and another activation than ReLU, or few layers
 */
export function gradientTheory(graph: NetworkGraph, spec: NetworkSpec): number[] | null {
  const theory = theoryOf(graph, spec);
  return typeof theory === 'string' ? null : theory;
}

/** What keeps theory from saying anything of a network; null where nothing does. */
export type TheoryGap =
  | 'fewConvs'
  | 'shortcuts'
  | 'filters'
  | 'start'
  | 'norm'
  | 'between'
  | 'activation'
  | 'shallow'
  | 'narrow';

export function theoryGap(graph: NetworkGraph, spec: NetworkSpec): TheoryGap | null {
  const theory = theoryOf(graph, spec);
  return typeof theory === 'string' ? theory : null;
}

function theoryOf(graph: NetworkGraph, spec: NetworkSpec): number[] | TheoryGap {
  const layers = graph.layers.filter(({ kind }) => kind === 'conv');
  const reaches = new Map<string, readonly Reach[]>();
  const convs = layers.flatMap((layer) => convOf(graph, spec, layer, reaches) ?? []);
  const isChain = layers.slice(1).every((layer, index) => {
    const [node, before] = [graph.nodes[layer.z], layers[index]];
    return node?.op.kind === 'conv' && before !== undefined && follows(graph, node as ConvNode, before);
  });
  if (layers.length < 2) return 'fewConvs';
  if (graph.nodes.some(({ op }) => op.kind === 'add')) return 'shortcuts';
  if (graph.rows.some(({ kernel }) => kernel === 1)) return 'filters';
  if (convs.length < layers.length) return 'start';
  if (!isChain) return 'between';
  if (spec.norm === 'none') return backwards(convs, slopesAlone(convs, squaresOf(spec.act)));
  if (spec.norm !== 'batch') return 'norm';
  if (spec.act !== 'relu') return 'activation';
  if (convs.length < FEWEST_BEHIND_NORM) return 'shallow';
  const slopes = slopesBehindNorm(convs, spec.init);
  return slopes.flat().every(Number.isFinite) ? backwards(convs, slopes) : 'narrow';
}

/**
 * @param slopes by what each conv's activation, and its normalisation if there is one, multiply the mean square of the gradient
 * @returns the gradients by z over the last, whose activation is handed the same at every position
 */
function backwards(convs: readonly Conv[], slopes: readonly Field[]): number[] {
  let field = slopes.at(-1) ?? [];
  const squares = [mean(field)];
  for (let index = convs.length - 2; index >= 0; index--) {
    const [next, slope] = [convs[index + 1], slopes[index]];
    if (!next || !slope) break;
    const sent = sentBack(next, field);
    field = sent.map((square, position) => next.variance * next.channelsOut * square * (slope[position] ?? 0));
    squares.unshift(mean(field));
  }
  const last = squares.at(-1) ?? Number.NaN;
  return squares.map((square) => Math.sqrt(square / last));
}

/** Without normalisation: E[φ′(z)²]. */
function slopesAlone(convs: readonly Conv[], squares: Squares): Field[] {
  // The pixels are standardised: their mean square is 1.
  let read: Field = Array(convs[0]?.inputs).fill(1);
  return convs.map((conv) => {
    const sums = gathered(conv, ({ from }) => read[from] ?? 0);
    const found = sums.map((square) => squares(conv.variance * conv.channelsIn * square + conv.biasVariance));
    read = found.map(({ value }) => value);
    return found.map(({ slope }) => slope);
  });
}

/** With batch norm and ReLU: ½ E[1 / (Var(z) + ε)], over the channels; infinite where two terms or fewer make a channel. */
function slopesBehindNorm(convs: readonly Conv[], init: NetworkSpec['init']): Field[] {
  // Of what the conv reads: the pixels are standardised.
  let square: Field = Array(convs[0]?.inputs).fill(1);
  let average: Field = square.map(() => 0);
  return convs.map((conv) => {
    // A tap that lies in the padding at some positions reads zeros there: its mean is smaller by that.
    const means: number[] = Array(conv.taps).fill(0);
    for (const { from, tap } of conv.reaches) means[tap] = (means[tap] ?? 0) + (average[from] ?? 0) / conv.outputs;
    const meansSquared = sum(means.map((each) => each ** 2));
    const about = ({ from, tap }: Reach) => (square[from] ?? 0) - 2 * (average[from] ?? 0) * (means[tap] ?? 0);
    const squares = gathered(conv, about).map((each) => conv.variance * conv.channelsIn * (each + meansSquared));
    const byTap = means.map((each) => each ** 2);
    for (const reach of conv.reaches) byTap[reach.tap] = (byTap[reach.tap] ?? 0) + about(reach) / conv.outputs;
    const scaled = mean(squares) + NORM_EPSILON;
    square = squares.map((each) => each / scaled / 2);
    average = squares.map((each) => Math.sqrt(each / scaled / (2 * Math.PI)));
    const terms = (conv.channelsIn * sum(byTap) ** 2) / sum(byTap.map((each) => each ** 2));
    // Orthonormal filters are of one length: what they make of independent values has one variance.
    const spread = init === 'orthogonal' ? 1 : terms / Math.max(0, terms - 2);
    return squares.map(() => spread / (2 * scaled));
  });
}
