/**
 * The gradient without backpropagation: nudge one parameter up and down, run the network forwards
 * both times, and see by how much the loss changes. Slow, and independent of every line of the
 * backward passes, so it is what they are proved against.
 */

import type { NetworkGraph, NodeId, ParameterId } from '../../network/graph.ts';
import { random } from '../../network/random.ts';
import { centralDifference, derivativeBy } from '../../ops/centralDifference.ts';
import type { Draw } from '../../ops/drop/mask.ts';
import { elements } from '../../ops/shapes.ts';
import * as softmaxCrossEntropy from '../../ops/softmaxCrossEntropy/reference.ts';
import { inTraining, logitsOf } from './passes.ts';
import { inputBatch, item, parameterTensors } from './tensors.ts';

/** One number of one parameter. */
export interface Pick {
  readonly parameter: ParameterId;
  /** Into its values, row-major. */
  readonly index: number;
}

/**
 * Numbers chosen at random among all that training changes, each as likely as any other.
 *
 * @param seed other seeds give other numbers
 */
export function randomPicks(graph: NetworkGraph, count: number, seed: number): Pick[] {
  const uniform = random(seed, 'gradient check');
  const sizes = graph.parameters.map(({ shape }) => elements(shape));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return Array.from({ length: count }, () => {
    let index = Math.floor(uniform() * total);
    let parameter = 0;
    while (index >= (sizes[parameter] ?? total)) index -= sizes[parameter++] ?? total;
    return { parameter, index };
  });
}

/**
 * Central differences (L(p + h) − L(p − h)) / 2h of the minibatch's loss, in float64, with batch
 * norm in training mode.
 *
 * @param parameters in the graph's order
 * @param images normalised pixels, [N, size, size], of the graph's size
 * @param labels [N]
 * @param draw of the step whose masks are used
 * @returns the derivative by each pick
 */
export function finiteDifferences(
  graph: NetworkGraph,
  parameters: readonly ArrayLike<number>[],
  images: ArrayLike<number>,
  labels: Uint8Array,
  picks: readonly Pick[],
  draw: Draw,
): Float64Array {
  const tensors = parameterTensors(graph, parameters);
  const batch = inputBatch(graph, images, labels.length);
  const loss = () => softmaxCrossEntropy.forward(logitsOf(graph, tensors, batch, inTraining(draw)), labels);
  return Float64Array.from(picks, ({ parameter, index }) => derivativeBy(item(tensors, parameter).values, index, loss));
}

/**
 * The same by numbers that a node puts out. Nudging those of the input, whose array is the images', would add up.
 *
 * @param node any but the input
 * @param indices into the node's output for all images, [N, height, width, channels]
 * @returns the derivative by each of them
 */
export function finiteDifferencesByOutput(
  graph: NetworkGraph,
  parameters: readonly ArrayLike<number>[],
  images: ArrayLike<number>,
  labels: Uint8Array,
  node: NodeId,
  indices: readonly number[],
  draw: Draw,
): Float64Array {
  const tensors = parameterTensors(graph, parameters);
  const batch = inputBatch(graph, images, labels.length);
  const lossWith = (index: number, nudge: number) => {
    const logits = logitsOf(graph, tensors, batch, inTraining(draw), (id, { values }) => {
      if (id === node) values[index] = item([values[index]], 0) + nudge;
    });
    return softmaxCrossEntropy.forward(logits, labels);
  };
  return Float64Array.from(indices, (index) => centralDifference((nudge) => lossWith(index, nudge)));
}
