/** What the engines share to read a network's activations and gradients. */
import type { NetworkGraph, NodeId } from '../network/graph.ts';
import { NORM_EPSILON } from '../ops/batchNorm/op.ts';

/** @throws RangeError where the images are among the nodes: no engine computes the gradient by them */
export function requireBehindInput({ nodes: all }: NetworkGraph, nodes: readonly NodeId[]): void {
  const isInput = (id: NodeId): boolean => {
    const { op, inputs } = all[id] ?? {};
    return op?.kind === 'input' || (op?.kind === 'identity' && isInput(inputs?.[0] ?? 0));
  };
  if (nodes.some(isInput)) throw new RangeError('the images have no gradient: put a layer after them (withInputLayer)');
}

/** From the gradients of a mean over so many images to each image's own. */
export function perImage(gradients: readonly Float32Array[], images: number): Float32Array[] {
  return gradients.map((values) => values.map((value) => images * value));
}

/** From what engines keep of a batch norm, 1 / √(variance + ε), to its variances. */
export function variancesOf(inverseStds: Float32Array): Float32Array {
  return inverseStds.map((inverseStd) => Math.max(0, 1 / inverseStd ** 2 - NORM_EPSILON));
}
