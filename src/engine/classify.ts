/** What logits say of images, in float64 whatever engine they come from. Logits are [N, classes], row-major. */
import type { Batch } from '../ops/reference.ts';
import { forward, logProbabilities } from '../ops/softmaxCrossEntropy/reference.ts';

function batchOf(logits: ArrayLike<number>, images: number): Batch {
  return { shape: [images, 1, 1, logits.length / images], values: Float64Array.from(logits) };
}

/**
 * The loss of logits.
 *
 * @param labels [N]
 * @returns nats; NaN or infinite where logits are
 */
export function meanCrossEntropy(logits: ArrayLike<number>, labels: Uint8Array): number {
  return forward(batchOf(logits, labels.length), labels);
}

/**
 * ln of the probabilities that logits stand for.
 *
 * @param images N
 * @returns [N, classes], in nats; NaN where an image's logits are not numbers
 */
export function logProbabilitiesOf(logits: ArrayLike<number>, images: number): Float64Array {
  return logProbabilities(batchOf(logits, images));
}

/** The share of images that `countWrong` counts. @param labels [N] */
export function errorOf(logits: ArrayLike<number>, labels: Uint8Array): number {
  return countWrong(logits, labels) / labels.length;
}

/**
 * Images whose largest logit is not their label's; logits that are not numbers count as wrong.
 * @param labels [N]
 */
export function countWrong(logits: ArrayLike<number>, labels: Uint8Array): number {
  const classes = logits.length / labels.length;
  return labels.filter((label, image) => {
    const row = Array.from({ length: classes }, (_, k) => logits[image * classes + k] ?? Number.NaN);
    // With a NaN among them the maximum is NaN, which is found nowhere.
    return row.indexOf(Math.max(...row)) !== label;
  }).length;
}
