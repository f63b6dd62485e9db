/** One test image on its way through a network, and what the network takes all of them for. */

import { labelsOf } from '../../data/gather.ts';
import { logProbabilitiesOf } from '../../engine/classify.ts';
import type { Trainer } from '../../engine/engine.ts';
import type { FoldedNetwork } from '../../network/foldedNorms.ts';
import { classesOf } from '../../network/graph.ts';
import type { Examine, Subject } from '../../session/examination.ts';
import { foldedOf, levelsOf, sampleOf } from '../examination/examiner.ts';
import type { ConfusedImage } from './report.ts';

/** The latest frozen network of each trainer, so that walking from image to image does not estimate its statistics each time. */
const latest = new WeakMap<Trainer, { readonly step: number; readonly network: FoldedNetwork }>();

async function foldedOnce(subject: Subject): Promise<FoldedNetwork> {
  const { trainer, step } = subject;
  const known = latest.get(trainer);
  if (known?.step === step) return known.network;
  const network = await foldedOf(subject);
  latest.set(trainer, { step, network });
  return network;
}

/** Batch norms are fixed, so that what is seen is this image's alone. */
export const inside: Examine<'inside'> = async function* (subject, { image, layer, at }) {
  const { engine, training, images, step } = subject;
  const { graph, parameters } = await foldedOnce(subject);
  const looked = graph.layers[layer];
  if (!looked) throw new RangeError(`no layer ${layer}`);
  const [height, width, channels] = graph.nodes[looked[at]]?.shape ?? [0, 0, 0];
  const trainer = await engine.createTrainer(graph, parameters, training, images);
  try {
    const nodes = [looked[at], graph.logits];
    const [values, logits] = await trainer.activations('test', Uint32Array.of(image), nodes);
    yield {
      step,
      images: 1,
      done: 1,
      planned: 1,
      image,
      layer,
      at,
      size: images.size,
      pixels: levelsOf(images, [image])[0] ?? new Uint8Array(),
      probabilities: Array.from(logProbabilitiesOf(logits ?? [], 1), Math.exp),
      maps: { values: values ?? new Float32Array(), height, width, channels },
      labels: labelsOf(images.test, sampleOf(subject).test),
    };
  } finally {
    trainer.dispose();
  }
};

/** Misclassified images that are shown. */
const WORST = 20;

export type Judgement = Omit<ConfusedImage, 'pixels'>;

/**
 * What a network finds of each image.
 *
 * @param logits [N, classes], row-major
 * @param labels [N]
 * @returns N; `predicted` is −1 where logits are not numbers
 */
export function judgements(logits: ArrayLike<number>, labels: Uint8Array): Judgement[] {
  const classes = logits.length / labels.length;
  const logs = logProbabilitiesOf(logits, labels.length);
  return Array.from(labels, (label, image) => {
    const row = [...logs.subarray(image * classes, (image + 1) * classes)];
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

/** Images by class and by the class that they are taken for, [classes, classes], row-major. */
export function countsOf(judged: readonly Judgement[], classes: number): number[] {
  const counts = new Array<number>(classes * classes).fill(0);
  for (const { label, predicted } of judged) {
    if (predicted >= 0) counts[label * classes + predicted] = (counts[label * classes + predicted] ?? 0) + 1;
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
export const confusion: Examine<'confusion'> = async function* (subject) {
  const { trainer, step, images } = subject;
  const classes = classesOf(subject.graph);
  const { calibration, test } = sampleOf(subject);
  const labels = labelsOf(images.test, test);
  const judged = judgements(await trainer.logits('test', test, calibration), labels);
  const worst = worstOf(judged, WORST);
  const pixels = levelsOf(
    images,
    worst.map(({ image }) => image),
  );
  yield {
    step,
    images: test.length,
    done: 1,
    planned: 1,
    counts: countsOf(judged, classes),
    undecided: Array.from(
      { length: classes },
      (_, k) => judged.filter(({ label, predicted }) => label === k && predicted < 0).length,
    ),
    worst: worst.map((each, i) => ({ ...each, pixels: pixels[i] ?? new Uint8Array() })),
    size: images.size,
  };
};
