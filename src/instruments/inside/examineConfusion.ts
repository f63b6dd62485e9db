/** What a network takes the test images for, and of which it is most wrong. */
import { logProbabilitiesOf } from '../../engine/probabilities.ts';
import { CLASSES } from '../../network/graph.ts';
import type { Examine } from '../../session/examination.ts';
import { sampleOf } from '../examination/evaluated.ts';
import { greysOf } from '../examination/greys.ts';
import type { ConfusedImage } from './confusionReport.ts';

/** Misclassified images that are shown. */
const WORST = 20;

export type Judgement = Omit<ConfusedImage, 'pixels'>;

/**
 * What a network finds of each image.
 *
 * @param logits [N, CLASSES], row-major
 * @param labels [N]
 * @returns N; `predicted` is −1 where logits are not numbers
 */
export function judgements(logits: ArrayLike<number>, labels: Uint8Array): Judgement[] {
  const logs = logProbabilitiesOf(logits);
  return Array.from(labels, (label, image) => {
    const row = [...logs.subarray(image * CLASSES, (image + 1) * CLASSES)];
    // With a NaN among them the maximum is NaN, which is found nowhere.
    const predicted = row.indexOf(Math.max(...row));
    const own = row[label] ?? Number.NaN;
    return {
      image,
      label,
      predicted,
      probability: Math.exp(row[predicted] ?? Number.NaN),
      ownProbability: Math.exp(own),
      loss: -own,
    };
  });
}

/** Images by class and by the class that they are taken for, [CLASSES, CLASSES], row-major. */
export function countsOf(judged: readonly Judgement[]): number[] {
  const counts = new Array<number>(CLASSES * CLASSES).fill(0);
  for (const { label, predicted } of judged) {
    if (predicted >= 0) counts[label * CLASSES + predicted] = (counts[label * CLASSES + predicted] ?? 0) + 1;
  }
  return counts;
}

/** The misclassified images of the largest loss, worst first. */
export function worstOf(judged: readonly Judgement[], count: number): Judgement[] {
  return judged
    .filter(({ label, predicted }) => predicted >= 0 && predicted !== label)
    .sort((one, other) => other.loss - one.loss)
    .slice(0, count);
}

/** All images that the test error is measured on. */
export const examine: Examine<'confusion'> = async function* (subject) {
  const { trainer, step, images } = subject;
  const { calibration, test } = sampleOf(subject);
  const labels = Uint8Array.from(test, (index) => images.test.labels[index] ?? 0);
  const judged = judgements(await trainer.logits('test', test, calibration), labels);
  const worst = worstOf(judged, WORST);
  const pixels = greysOf(
    images,
    worst.map(({ image }) => image),
  );
  yield {
    step,
    images: test.length,
    done: 1,
    planned: 1,
    counts: countsOf(judged),
    undecided: Array.from(
      { length: CLASSES },
      (_, k) => judged.filter(({ label, predicted }) => label === k && predicted < 0).length,
    ),
    worst: worst.map((each, i) => ({ ...each, pixels: pixels[i] ?? new Uint8Array() })),
    size: images.size,
  };
};
