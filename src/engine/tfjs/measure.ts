/** What a step shows of each weight layer, by the definitions in `records/records.ts`. */

import * as tf from '@tensorflow/tfjs-core';
import type { NetworkGraph, NodeId, WeightLayer } from '../../network/graph.ts';
import { canDie } from '../../ops/activation/op.ts';
import { derivativeFromOutput } from '../../ops/activation/tfjs.ts';
import type { Activations } from '../../ops/tfjs.ts';
import type { LayerMeasurements, Overflow } from '../../records/records.ts';
import type { ForwardPass } from './passes.ts';
import { l2Norm, rootMeanSquare, type ScalarReader, standardDeviation } from './scalars.ts';

/** A saturated unit's derivative is, on average, below this share of the function's largest. */
const SATURATED = 0.01;

/** For each weight layer, where in the packed scalars its values are. */
interface Slots {
  signalGradient: number;
  weightGradient: number;
  weightNorm: number;
  updateNorm: number;
  responseStd: number;
  /** Null where units cannot die. */
  deadFraction: number | null;
}

/** Measures one step: is shown the tensors as they come up, and turns the packed scalars into records. */
export class StepMeter {
  private readonly slots: Partial<Slots>[];
  private readonly layerOfZ: ReadonlyMap<NodeId, WeightLayer>;

  constructor(
    private readonly graph: NetworkGraph,
    private readonly reader: ScalarReader,
  ) {
    this.slots = graph.layers.map(() => ({}));
    this.layerOfZ = new Map(graph.layers.map((layer) => [layer.z, layer]));
  }

  forward({ outputs }: ForwardPass): void {
    for (const { index, response, output, activation } of this.graph.layers) {
      this.set(index, 'responseStd', standardDeviation(outputs[response] as Activations));
      const dead = deadFraction(activation, outputs[output] as Activations);
      if (dead !== null) this.set(index, 'deadFraction', dead);
    }
  }

  nodeGradient(node: NodeId, gradient: Activations): void {
    const layer = this.layerOfZ.get(node);
    if (layer === undefined) return;
    // The loss is a mean over N images, so this is one image's own gradient.
    const perImage = tf.tidy(() => tf.mul(rootMeanSquare(gradient), gradient.shape[0]) as tf.Scalar);
    this.set(layer.index, 'signalGradient', perImage);
  }

  weights(before: readonly tf.Tensor[], gradients: readonly tf.Tensor[], after: readonly tf.Tensor[]): void {
    for (const { index, weight } of this.graph.layers) {
      const [w, gradient, updated] = [before[weight], gradients[weight], after[weight]];
      if (!w || !gradient || !updated) throw new RangeError(`no parameter ${weight}`);
      this.set(index, 'weightGradient', l2Norm(gradient));
      this.set(index, 'weightNorm', l2Norm(w));
      const moved = tf.tidy(() => l2Norm(tf.sub(updated, w)));
      this.set(index, 'updateNorm', moved);
    }
  }

  /** @param values what the reader read */
  result(values: Float32Array): { layers: LayerMeasurements; updateOverflow: Overflow | null } {
    const column = (name: keyof Slots) => Float32Array.from(this.slots, (slots) => values[slots[name] ?? -1] ?? 0);
    const updateNorm = column('updateNorm');
    const weightNorm = column('weightNorm');
    const stuck = updateNorm.findIndex((norm) => !Number.isFinite(norm));
    return {
      layers: {
        signalGradient: column('signalGradient'),
        weightGradient: column('weightGradient'),
        weightNorm,
        relativeUpdate: updateNorm.map((norm, layer) => norm / (weightNorm[layer] ?? 0)),
        responseStd: column('responseStd'),
        deadFraction: column('deadFraction'),
      },
      updateOverflow: stuck < 0 ? null : { where: 'weight', layer: stuck },
    };
  }

  private set(layer: number, name: keyof Slots, scalar: tf.Scalar): void {
    const slots = this.slots[layer];
    if (slots) slots[name] = this.reader.add(scalar);
  }
}

/** Share of units, channels times positions, through which the minibatch sends no gradient; null if units cannot die. */
function deadFraction(activation: WeightLayer['activation'], y: Activations): tf.Scalar | null {
  if (!canDie(activation)) return null;
  return tf.tidy(() => {
    const largest = activation === 'sigmoid' ? 1 / 4 : 1;
    // ReLU's output is never negative: a unit's sum over the batch is zero just where every image's is.
    const alive = activation === 'relu' ? y : derivativeFromOutput[activation](y);
    const sums = batchSums(alive);
    const isDead = activation === 'relu' ? tf.equal(sums, 0) : tf.less(sums, SATURATED * largest * y.shape[0]);
    return tf.mean(tf.cast(isDead, 'float32')) as tf.Scalar;
  });
}

/** Sums over the images, [N, H, W, C] → [1, H · W · C], as a product with ones: five times as fast as a sum on wasm. */
function batchSums(y: Activations): tf.Tensor2D {
  const [n, h, w, c] = y.shape;
  return tf.matMul(tf.ones([1, n]), tf.reshape(y, [n, h * w * c]));
}

/**
 * The first number of the step that is not finite, in the order of computation: forwards to the
 * loss, then backwards to the input. A response's standard deviation is finite only if the whole
 * response and what it was computed from are.
 */
export function overflowOf(loss: number, layers: LayerMeasurements): Overflow | null {
  const forwards = layers.responseStd.findIndex((std) => !Number.isFinite(std));
  if (forwards >= 0) return { where: 'activation', layer: forwards };
  if (!Number.isFinite(loss)) return { where: 'loss', layer: null };
  const backwards = layers.signalGradient.findLastIndex(
    (signal, layer) => !Number.isFinite(signal) || !Number.isFinite(layers.weightGradient[layer]),
  );
  return backwards < 0 ? null : { where: 'gradient', layer: backwards };
}
