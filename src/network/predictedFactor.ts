/**
 * By what factor theory expects the signal gradient to change from one conv layer to the one before it, at initialisation.
 *
 * The chain rule gives ∂L/∂z of a layer as f′(z) times a sum over the next layer's weights. With independent weights of mean 0
 * the mean square of that sum is the number of its terms × Var(W), so
 *
 *     factor = √(taps · C · Var(W) · E[f′²])
 *
 * with C the next layer's channels and `taps` the kernel positions that lie within the map (of 9, fewer at the zero-padded
 * edge). Glorot & Bengio 2010 and He et al. 2015 (arXiv 1502.01852, section 2.2) choose Var(W) so that this is 1. Behind batch
 * norm the scale of W does not matter: in wide ReLU networks the gradient grows by √(π / (π − 1)) towards the input (Yang et
 * al. 2019, arXiv 1902.08129), and by a little less beside padding.
 */
import type { Activation, NetworkSpec } from '../experiment/experiment.ts';
import { insideShare, weightVariance } from './backwardTheory.ts';
import { gradientTheory } from './gradientTheory.ts';
import { LEAKY_SLOPE, type NetworkGraph, type WeightLayer } from './graph.ts';

export interface PredictedFactor {
  readonly factor: number;
  /** The factor is a bound from above: f′ is largest at z = 0, and signals do not stay there. */
  readonly isBound: boolean;
}

/** E[f′(z)²] for symmetric z; for sigmoid and tanh its largest value, at z = 0. */
const meanSquareDerivative: Readonly<Record<Activation, number>> = {
  sigmoid: 1 / 16,
  tanh: 1,
  relu: 1 / 2,
  leaky: (1 + LEAKY_SLOPE ** 2) / 2,
  linear: 1,
};

/** Pairs of neighbouring conv layers of one shape: where a factor per layer means something. */
function pairs({ layers, nodes }: NetworkGraph): readonly (readonly [WeightLayer, WeightLayer])[] {
  return layers.slice(1).flatMap((layer, index) => {
    const before = layers[index];
    const isPair = before?.kind === 'conv' && layer.kind === 'conv';
    const sameShape = String(nodes[layer.z]?.shape) === String(nodes[before?.z ?? -1]?.shape);
    return before && isPair && sameShape ? [[before, layer] as const] : [];
  });
}

/**
 * The factor for a network without shortcuts whose layers are alike.
 *
 * @returns null where the theory does not reach: shortcuts, no two conv layers of one shape, batch norm without ReLU
 */
export function predictedFactor(spec: NetworkSpec, graph: NetworkGraph): PredictedFactor | null {
  const last = pairs(graph).at(-1)?.[1];
  const weight = last && graph.parameters[last.weight];
  const shape = last && graph.nodes[last.z]?.shape;
  if (!weight || !shape || graph.nodes.some(({ op }) => op.kind === 'add')) return null;
  if (spec.norm === 'batch') return behindNorm(spec, graph, last);
  const [height, width, channels] = shape;
  const taps = 9 * insideShare(height, 1, height) * insideShare(width, 1, width);
  const meanSquare = taps * channels * weightVariance(weight, spec) * meanSquareDerivative[spec.act];
  return { factor: Math.sqrt(meanSquare), isBound: spec.act === 'sigmoid' || spec.act === 'tanh' };
}

/** The factor that the theory of the whole chain has from a layer to the one before it. */
function behindNorm(spec: NetworkSpec, graph: NetworkGraph, layer: WeightLayer): PredictedFactor | null {
  const theory = gradientTheory(graph, spec);
  const at = graph.layers.filter(({ kind }) => kind === 'conv').indexOf(layer);
  const [before, here] = [theory?.[at - 1], theory?.[at]];
  return before && here ? { factor: before / here, isBound: false } : null;
}
