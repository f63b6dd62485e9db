/** What a step shows of each weight layer, by the definitions in `records/records.ts`. */
import type { Activation } from '../../experiment/experiment.ts';
import type { NetworkGraph, WeightLayer } from '../../network/graph.ts';
import { at, type Batch, type Tensor } from '../../ops/reference.ts';
import type { LayerMeasurements, Quantity } from '../../records/records.ts';
import { standardDeviation } from '../../records/standardDeviation.ts';
import type { Gradients } from './passes.ts';
import { item, l2Norm, sumOfSquares } from './tensors.ts';

/**
 * @param parameters before the update
 * @param outputs of every node
 * @param updated parameters after the update; the same as `parameters` where there was none
 */
export function measure(
  graph: NetworkGraph,
  parameters: readonly Tensor[],
  outputs: readonly Batch[],
  gradients: Gradients,
  updated: readonly Tensor[],
): LayerMeasurements {
  const each = (quantity: (layer: WeightLayer) => number) => Float32Array.from(graph.layers, quantity);
  const weight = (layer: WeightLayer) => item(parameters, layer.weight).values;
  return {
    signalGradient: each((layer) => signalGradient(item(gradients.nodes, layer.z))),
    weightGradient: each((layer) => l2Norm(item(gradients.parameters, layer.weight).values)),
    weightNorm: each((layer) => l2Norm(weight(layer))),
    relativeUpdate: each((layer) => {
      const after = item(updated, layer.weight).values;
      return l2Norm(after.map((value, i) => value - at(weight(layer), i))) / l2Norm(weight(layer));
    }),
    responseStd: each((layer) => standardDeviation(item(outputs, layer.response).values)),
    deadFraction: each(({ activation, output }) => {
      const { shape, values } = item(outputs, output);
      return deadFraction(activation, values, shape[0]);
    }),
  } satisfies Record<Quantity, Float32Array>;
}

/** Root mean square of N · ∂L/∂z: the loss is a mean over N images, so this is one image's own. */
function signalGradient(dz: Batch): number {
  return dz.shape[0] * Math.sqrt(sumOfSquares(dz.values) / dz.values.length);
}

/** A saturated unit's derivative is, on average, below this share of the function's largest. */
const SATURATED = 0.01;

/**
 * Share of units, channels times positions, through which a minibatch sends no gradient: 0 for every image after ReLU, saturated
 * on average after sigmoid and tanh.
 *
 * @param activation the function that gave the values
 * @param values [images, height, width, channels]
 */
export function deadFraction(activation: Activation, values: ArrayLike<number>, images: number): number {
  const units = values.length / images;
  const isDead = (unit: number) => {
    const own = Float64Array.from({ length: images }, (_, image) => values[image * units + unit] ?? Number.NaN);
    const mean = (f: (value: number) => number) => own.reduce((sum, value) => sum + f(value), 0) / images;
    switch (activation) {
      case 'relu':
        return own.every((value) => value === 0);
      case 'sigmoid':
        return mean((value) => value * (1 - value)) < SATURATED * 0.25;
      case 'tanh':
        return mean((value) => 1 - value ** 2) < SATURATED;
      default:
        return false;
    }
  };
  return Array.from({ length: units }, (_, unit) => unit).filter(isDead).length / units;
}
