import { CLASSES } from '../network/graph.ts';

/**
 * Images whose largest logit is not their label's; logits that are not numbers count as wrong.
 * @param logits [N, CLASSES]
 * @param labels [N]
 */
export function countWrong(logits: ArrayLike<number>, labels: Uint8Array): number {
  return labels.filter((label, image) => {
    const row = Array.from({ length: CLASSES }, (_, k) => logits[image * CLASSES + k] ?? Number.NaN);
    // With a NaN among them the maximum is NaN, which is found nowhere.
    return row.indexOf(Math.max(...row)) !== label;
  }).length;
}
