import { CLASSES } from '../network/graph.ts';
import { logProbabilities } from '../ops/softmaxCrossEntropy/reference.ts';

/**
 * ln of the probabilities that logits stand for, in float64 whatever engine they come from.
 *
 * @param logits [N, CLASSES], row-major
 * @returns [N, CLASSES], in nats; NaN where an image's logits are not numbers
 */
export function logProbabilitiesOf(logits: ArrayLike<number>): Float64Array {
  const images = logits.length / CLASSES;
  return logProbabilities({ shape: [images, 1, 1, CLASSES], values: Float64Array.from(logits) });
}
