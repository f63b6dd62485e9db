/**
 * What theory says of the gradient's size over depth at initialisation, for plain chains of convs.
 *
 * Without normalisation, mean-field theory (Poole et al. 2016, arXiv 1606.05340; Schoenholz et al. 2017, arXiv 1611.01232): in a
 * wide network a layer's outputs z are about normal with variance q, which follows layer by layer, and the mean square of ∂L/∂z shrinks or
 * grows by the weights' variance times the outputs that a unit feeds times E[φ′(z)²]. Taps in the zero padding, which add
 * nothing, are left out: in maps of 7×7 they are a fifth of all. With batch norm and ReLU in wide plain networks the gradient grows by
 * √(π/(π−1)) = 1.211 a layer towards the input (Yang et al. 2019, arXiv 1902.08129), whatever the weights.
 */
import type { Activation, NetworkSpec } from '../spec/experiment.ts';
import { BATCH_NORM_GROWTH, insideShare, weightVariance } from './backwardTheory.ts';
import { type GraphNode, LEAKY_SLOPE, type NetworkGraph, type Op, type WeightLayer } from './graph.ts';

type ConvNode = GraphNode<Extract<Op, { kind: 'conv' }>>;

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
function tapsInside({ op, shape }: ConvNode, side: number): number {
  return op.kernel === 1 ? 1 : insideShare(shape[0], op.stride, side) ** 2;
}

/** Whether a conv reads a layer's output through nothing but its normalisation, activation and identities. */
function follows(graph: NetworkGraph, conv: ConvNode, layer: WeightLayer): boolean {
  const between: readonly Op['kind'][] = ['activation', 'batchNorm', 'identity'];
  let node = graph.nodes[conv.inputs[0] ?? 0];
  while (node && node.id !== layer.z && between.includes(node.op.kind)) node = graph.nodes[node.inputs[0] ?? 0];
  return node?.id === layer.z;
}

function convNode(graph: NetworkGraph, layer: WeightLayer): ConvNode | null {
  const node = graph.nodes[layer.z];
  return node?.op.kind === 'conv' ? (node as ConvNode) : null;
}

/**
 * The signal gradient of every conv layer over that of the last one, at initialisation.
 *
 * @returns one value a conv layer, input first; null where no theory is at hand: with shortcuts or pooling between the
 *   layers, and with batch norm and another activation than ReLU
 */
export function gradientTheory(graph: NetworkGraph, spec: NetworkSpec): number[] | null {
  const layers = graph.layers.filter(({ kind }) => kind === 'conv');
  const nodes = layers.flatMap((layer) => convNode(graph, layer) ?? []);
  const isChain = nodes.slice(1).every((node, index) => {
    const before = layers[index];
    return before !== undefined && follows(graph, node, before);
  });
  const hasShortcuts = graph.nodes.some(({ op }) => op.kind === 'add');
  if (nodes.length < layers.length || nodes.length < 2 || !isChain || hasShortcuts) return null;
  if (spec.norm === 'none') return meanField(graph, spec, nodes);
  return spec.act === 'relu' ? nodes.map((_, index) => BATCH_NORM_GROWTH ** (nodes.length - 1 - index)) : null;
}

function meanField(graph: NetworkGraph, spec: NetworkSpec, nodes: readonly ConvNode[]): number[] {
  const curve = curves[spec.act];
  const weights = nodes.map(({ op }) => graph.parameters[op.weight]).filter((weight) => weight !== undefined);
  const sides = nodes.map(({ inputs }) => graph.nodes[inputs[0] ?? 0]?.shape[0] ?? 0);
  // The pixels are standardised: their mean square is 1.
  let square = 1;
  const variances = nodes.map((node, index) => {
    const weight = weights[index];
    if (!weight) return Number.NaN;
    const variance = square * weightVariance(weight, spec) * weight.fanIn * tapsInside(node, sides[index] ?? 0);
    square = meanSquare(curve.value, variance);
    return variance;
  });
  const gradients = nodes.map(() => 1);
  for (let index = nodes.length - 2; index >= 0; index--) {
    const [next, weight] = [nodes[index + 1], weights[index + 1]];
    if (!next || !weight) continue;
    // Each input of a conv feeds so many of its outputs; a stride of 2 leaves a quarter of them.
    const outputs = (weight.fanOut / next.op.stride ** 2) * tapsInside(next, sides[index + 1] ?? 0);
    const factor = weightVariance(weight, spec) * outputs * meanSquare(curve.slope, variances[index] ?? 0);
    gradients[index] = (gradients[index + 1] ?? 1) * Math.sqrt(factor);
  }
  return gradients;
}
