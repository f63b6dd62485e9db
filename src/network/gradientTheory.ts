/**
 * What theory says of the gradient's size over depth at initialisation, for plain chains of convs.
 *
 * Mean-field theory (Poole et al. 2016, arXiv 1606.05340; Schoenholz et al. 2017, arXiv 1611.01232): in a wide network whose weights
 * have mean 0 and variance V, a layer's outputs z are about normal, and from a conv to the one before it the mean square of ∂L/∂z changes by
 *
 *     V × terms × E[φ′²]
 *
 * with `terms` the conv's outputs that an input of it feeds: 9 · C_out / stride², fewer where taps lie in the zero padding, which in maps
 * of 7×7 a fifth of them do. Without normalisation φ′ is taken at z, whose variance follows layer by layer.
 *
 * Batch norm hands φ values of variance 1, and the gradient by z is that by them over the standard deviation of z: φ′ of ReLU gives ½ / Var(z).
 * Var(z) is the variance within a channel, so the mean of what the conv reads does not count: V · 9 · C_in · (E[x²] − E[x]²) = V · 9 · C_in · (½ − 1/2π)
 * behind ReLU. Between convs of one shape that makes a factor of π/(π−1), Yang et al.'s (2019, arXiv 1902.08129), whatever the weights; at a change of
 * width or stride, or beside padding, it is another. What the mean and the variance pass back is small in a large batch, and left out.
 */
import type { Activation, NetworkSpec } from '../experiment/experiment.ts';
import { insideShare, mean, tapShares, weightVariance } from './backwardTheory.ts';
import { type GraphNode, LEAKY_SLOPE, type NetworkGraph, NORM_EPSILON, type Op, type WeightLayer } from './graph.ts';

type ConvNode = GraphNode<Extract<Op, { kind: 'conv' }>>;

/** What the theory asks of a conv. */
interface Conv {
  /** Of its weights. */
  readonly variance: number;
  readonly fanIn: number;
  readonly fanOut: number;
  readonly stride: 1 | 2;
  /** Positions along the side of the map it reads, and of the one it makes. */
  readonly inputs: number;
  readonly outputs: number;
}

interface Curve {
  value(x: number): number;
  slope(x: number): number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

const curves: Readonly<Record<Activation, Curve>> = {
  linear: { value: (x) => x, slope: () => 1 },
  relu: { value: (x) => Math.max(0, x), slope: (x) => (x > 0 ? 1 : 0) },
  leaky: { value: (x) => (x > 0 ? x : LEAKY_SLOPE * x), slope: (x) => (x > 0 ? 1 : LEAKY_SLOPE) },
  tanh: { value: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2 },
  sigmoid: { value: sigmoid, slope: (x) => sigmoid(x) * (1 - sigmoid(x)) },
};

/** Points of the integral below, evenly spaced over ±8 standard deviations; an even number keeps clear of a kink at 0. */
const POINTS = 400;
const REACH = 8;

/** E[f(x)²] for x normal with mean 0 and a variance. */
function meanSquare(f: (x: number) => number, variance: number): number {
  let sum = 0;
  let weights = 0;
  for (let i = 0; i < POINTS; i++) {
    const x = REACH * ((2 * i + 1) / POINTS - 1);
    const weight = Math.exp((-x * x) / 2);
    sum += weight * f(x * Math.sqrt(variance)) ** 2;
    weights += weight;
  }
  return sum / weights;
}

/** Share of a conv's taps, over both sides, that lie within the map it reads. */
function tapsInside({ outputs, stride, inputs }: Conv): number {
  return insideShare(outputs, stride, inputs) ** 2;
}

/** How many of a conv's outputs one of its inputs feeds, on average. */
function outputsFed(conv: Conv): number {
  return conv.fanOut * tapsInside(conv) * (conv.outputs / conv.inputs) ** 2;
}

/** Whether a conv reads a layer's output through nothing but its normalisation, activation and identities. */
function follows(graph: NetworkGraph, conv: ConvNode, layer: WeightLayer): boolean {
  const between: readonly Op['kind'][] = ['activation', 'batchNorm', 'identity'];
  let node = graph.nodes[conv.inputs[0] ?? 0];
  while (node && node.id !== layer.z && between.includes(node.op.kind)) node = graph.nodes[node.inputs[0] ?? 0];
  return node?.id === layer.z;
}

/** A layer as the theory sees it; null where its weights are not drawn as the network's spec says. */
function convOf(graph: NetworkGraph, spec: NetworkSpec, { z }: WeightLayer): Conv | null {
  const node = graph.nodes[z];
  if (node?.op.kind !== 'conv') return null;
  const { op, shape, inputs } = node as ConvNode;
  const weight = graph.parameters[op.weight];
  const read = graph.nodes[inputs[0] ?? 0];
  if (weight?.initializer !== 'spec' || op.kernel !== 3 || !read) return null;
  const { fanIn, fanOut } = weight;
  const variance = weightVariance(weight, spec);
  return { variance, fanIn, fanOut, stride: op.stride, inputs: read.shape[0], outputs: shape[0] };
}

/**
 * The signal gradient of every conv layer over that of the last one, at initialisation.
 *
 * @returns one value a conv layer, input first; null where no theory is at hand: with shortcuts or pooling between the
 *   layers, with weights that start as the identity, and with batch norm and another activation than ReLU
 */
export function gradientTheory(graph: NetworkGraph, spec: NetworkSpec): number[] | null {
  const layers = graph.layers.filter(({ kind }) => kind === 'conv');
  const convs = layers.flatMap((layer) => convOf(graph, spec, layer) ?? []);
  const isChain = layers.slice(1).every((layer, index) => {
    const [node, before] = [graph.nodes[layer.z], layers[index]];
    return node?.op.kind === 'conv' && before !== undefined && follows(graph, node as ConvNode, before);
  });
  const hasShortcuts = graph.nodes.some(({ op }) => op.kind === 'add');
  if (convs.length < layers.length || convs.length < 2 || !isChain || hasShortcuts) return null;
  if (spec.norm === 'none') return backwards(convs, slopesAlone(convs, curves[spec.act]));
  return spec.act === 'relu' ? backwards(convs, slopesBehindNorm(convs)) : null;
}

/**
 * @param passed by what each conv's activation, and its normalisation if there is one, multiply the mean square of the gradient
 * @returns the gradients by z over the last
 */
function backwards(convs: readonly Conv[], passed: readonly number[]): number[] {
  const gradients = convs.map(() => 1);
  for (let index = convs.length - 2; index >= 0; index--) {
    const next = convs[index + 1];
    if (!next) continue;
    const factor = next.variance * outputsFed(next) * (passed[index] ?? Number.NaN);
    gradients[index] = (gradients[index + 1] ?? 1) * Math.sqrt(factor);
  }
  return gradients;
}

/** Without normalisation: E[φ′(z)²]. */
function slopesAlone(convs: readonly Conv[], curve: Curve): number[] {
  // The pixels are standardised: their mean square is 1.
  let square = 1;
  return convs.map((conv) => {
    const variance = square * conv.variance * conv.fanIn * tapsInside(conv);
    square = meanSquare(curve.value, variance);
    return meanSquare(curve.slope, variance);
  });
}

/** With batch norm and ReLU: ½ / (Var(z) + ε). */
function slopesBehindNorm(convs: readonly Conv[]): number[] {
  // Of what the conv reads: the pixels are standardised.
  let [square, average] = [1, 0];
  return convs.map((conv) => {
    const shares = tapShares(conv.outputs, conv.stride, conv.inputs);
    const squaredShares = mean(shares.map((share) => share ** 2)) ** 2;
    // A tap that lies outside at some positions reads zeros there: its mean is smaller by its share.
    const variance = conv.variance * conv.fanIn * (square * tapsInside(conv) - average ** 2 * squaredShares);
    const scaled = variance + NORM_EPSILON;
    [square, average] = [variance / scaled / 2, Math.sqrt(variance / scaled / (2 * Math.PI))];
    return 1 / (2 * scaled);
  });
}
