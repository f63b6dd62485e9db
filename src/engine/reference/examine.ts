/** What the reference engine computes of somebody else's network, on request: small minibatches, in float64. */
import type { BlockSizes } from '../../measurements/examinations.ts';
import { residualBlocks } from '../../network/blocks.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { elements } from '../../network/shapes.ts';
import { random } from '../../random/random.ts';
import type { Pick } from './finiteDifferences.ts';
import { standardDeviation } from './measure.ts';
import { forwardPass, ofMinibatch } from './passes.ts';
import { inputBatch, item, parameterTensors } from './tensors.ts';

/**
 * The sizes of x and F(x) as they are added at the end of every residual block, factors and gates included, with the
 * minibatch's own statistics and nothing dropped by chance.
 *
 * @param pixels [count, size, size]
 * @returns input first; empty for a network without shortcuts
 */
export function blockSizes(
  graph: NetworkGraph,
  parameters: readonly ArrayLike<number>[],
  pixels: ArrayLike<number>,
  count: number,
): BlockSizes[] {
  const images = inputBatch(graph, pixels, count);
  const mode = { statisticsOf: ofMinibatch, draw: null };
  const outputs = forwardPass(graph, parameterTensors(graph, parameters), images, mode);
  const size = (node: number) => standardDeviation(item(outputs, node).values);
  return residualBlocks(graph).map(({ layer, branch, shortcut }) => ({
    layer,
    trunk: size(shortcut),
    branch: size(branch),
  }));
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
