/**
 * Running averages of batch norm's statistics, which evaluation may use instead of statistics that are re-estimated: each step moves them a tenth of the way
 * to those of its minibatch (Ioffe & Szegedy 2015, arXiv 1502.03167, leave the share open; this one is PyTorch's and Keras' usual). The variance is PyTorch's: unbiased, from
 * values divided by one less than there are. A step that is refused moves nothing.
 */
import type { ChannelStatistics } from '../network/foldedNorms.ts';
import type { NetworkGraph } from '../network/graph.ts';

/** Of the minibatch's statistics in the average after a step: PyTorch's `momentum`. */
export const AVERAGED_SHARE = 0.1;

/** What the variance of so many values is multiplied by to be unbiased. One value has none, and tells nothing of a spread. */
export function unbiasing(count: number): number {
  return count / Math.max(1, count - 1);
}

/** Of every batch norm, in the graph's order: those that are given, else mean 0 and variance 1, as before the first step. */
export function initialAverages(
  { nodes }: NetworkGraph,
  given: readonly ChannelStatistics[] = [],
): readonly ChannelStatistics[] {
  const known = new Map(given.map((each) => [each.node, each]));
  return nodes.flatMap(({ id, op, shape }) => {
    if (op.kind !== 'batchNorm') return [];
    const unknown = { node: id, mean: new Float32Array(shape[2]), variance: new Float32Array(shape[2]).fill(1) };
    return [known.get(id) ?? unknown];
  });
}

/**
 * One number a channel after a step.
 * @param own the minibatch's
 * @param factor by which that counts: `unbiasing` of a variance
 */
export function averaged<A extends Float32Array | Float64Array>(before: A, own: ArrayLike<number>, factor = 1): A {
  return before.map((value, i) => value + AVERAGED_SHARE * (factor * (own[i] ?? Number.NaN) - value)) as A;
}
