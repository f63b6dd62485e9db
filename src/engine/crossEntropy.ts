import { CLASSES } from '../network/graph.ts';
import { forward } from '../ops/softmaxCrossEntropy/reference.ts';

/**
 * The loss of logits, in float64 whatever engine they come from.
 *
 * @param logits [N, CLASSES], row-major
 * @param labels [N]
 * @returns nats; NaN or infinite where logits are
 */
export function meanCrossEntropy(logits: ArrayLike<number>, labels: Uint8Array): number {
  return forward({ shape: [labels.length, 1, 1, CLASSES], values: Float64Array.from(logits) }, labels);
}
