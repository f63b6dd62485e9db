/** The numbers that a step leaves, and what the engine reports of them. */

import type { NetworkGraph } from '../../network/graph.ts';
import { owningLayers } from '../../network/graph.ts';
import type { LayerMeasurements, Overflow } from '../../records/records.ts';
import type { StepResult } from '../engine.ts';

/** Numbers of a step's results: first the loss and whether the network has stopped. */
export const RESULT_HEAD = 2;
/** Then for each layer: signal gradient, response, dead share. */
export const RESULTS_PER_LAYER = 3;
/** Then for each parameter: norm of its gradient, norm before the update, norm of the update. */
export const RESULTS_PER_PARAMETER = 3;

/** What the results are of. */
export interface ResultShape {
  readonly parameters: number;
  readonly layers: number;
}

/** Where the results of parameters begin. */
export function firstParameterResult({ layers }: ResultShape): number {
  return RESULT_HEAD + RESULTS_PER_LAYER * layers;
}

/** Numbers in a step's results. */
export function resultCount(shape: ResultShape): number {
  return firstParameterResult(shape) + RESULTS_PER_PARAMETER * shape.parameters;
}

export function resultShape({ layers, parameters }: NetworkGraph): ResultShape {
  return { layers: layers.length, parameters: parameters.length };
}

/** Reads the results of a graph's steps. */
export function resultReader(graph: NetworkGraph): (numbers: ArrayLike<number>) => StepResult {
  const owners = owningLayers(graph);
  const firstParameter = firstParameterResult(resultShape(graph));
  return (numbers) => {
    const ofLayer = (which: number) =>
      Float32Array.from(graph.layers, (_, layer) => numbers[RESULT_HEAD + layer * RESULTS_PER_LAYER + which] ?? 0);
    const ofParameter = (id: number, which: number) =>
      numbers[firstParameter + id * RESULTS_PER_PARAMETER + which] ?? 0;
    const ofWeight = (which: number) => Float32Array.from(graph.layers, ({ weight }) => ofParameter(weight, which));
    const weightNorm = ofWeight(1);
    const layers: LayerMeasurements = {
      signalGradient: ofLayer(0),
      weightGradient: ofWeight(0),
      weightNorm,
      relativeUpdate: ofWeight(2).map((moved, layer) => moved / (weightNorm[layer] ?? 0)),
      responseStd: ofLayer(1),
      deadFraction: ofLayer(2),
    };
    const loss = numbers[0] ?? Number.NaN;
    const parameters = graph.parameters.map(({ id }) => id);
    const owning = (which: number) =>
      parameters.filter((id) => !Number.isFinite(ofParameter(id, which))).map((id) => owners[id] ?? 0);
    return { loss, layers, overflow: overflowOf(loss, layers, owning(0), owning(2)) };
  };
}

/**
 * The first number that is not finite, in the order of computation: forwards to the loss, backwards to
 * the input, then the update.
 * @param gradients layers that own a gradient that is not finite
 * @param updates layers that own an update that is not finite
 */
function overflowOf(
  loss: number,
  { responseStd, signalGradient }: LayerMeasurements,
  gradients: readonly number[],
  updates: readonly number[],
): Overflow | null {
  const forwards = responseStd.findIndex((std) => !Number.isFinite(std));
  if (forwards >= 0) return { where: 'activation', layer: forwards };
  if (!Number.isFinite(loss)) return { where: 'loss', layer: null };
  const signal = signalGradient.findLastIndex((value) => !Number.isFinite(value));
  const backwards = Math.max(signal, ...gradients);
  if (backwards >= 0) return { where: 'gradient', layer: backwards };
  return updates.length > 0 ? { where: 'weight', layer: Math.min(...updates) } : null;
}
