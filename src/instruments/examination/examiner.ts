/** What examiners share: which images they take, and networks as evaluation sees them. */
import { evaluationSample } from '../../data/evaluationSample.ts';
import { gather } from '../../data/gather.ts';
import type { TrainingImages } from '../../data/images.ts';
import { type FoldedNetwork, foldNorms } from '../../network/foldedNorms.ts';
import type { Subject } from '../../session/examination.ts';

/** The first training images by their indices, or all where there are fewer. */
export function firstImages(count: number, { train }: TrainingImages): Uint32Array {
  return Uint32Array.from({ length: Math.min(count, train.count) }, (_, index) => index);
}

/** The images that a subject's errors are measured on. */
export function sampleOf({ training, images }: Subject) {
  return evaluationSample(training.train, images.test.count);
}

/** The subject with every batch norm fixed to the statistics that evaluation uses: what one image does no longer depends on others. */
export async function foldedOf(subject: Subject): Promise<FoldedNetwork> {
  const { graph, trainer } = subject;
  const { parameters } = await trainer.snapshot();
  return foldNorms(graph, parameters, await trainer.statistics(sampleOf(subject).calibration));
}

/**
 * Test images as they look. By what each channel was moved and scaled, where that is known; else the darkest pixel of all test images is their black,
 * and the brightest their white.
 *
 * @param indices which of the test images
 * @returns levels 0 … 255 of each, [size, size, channels]
 */
export function levelsOf({ test, statistics }: TrainingImages, indices: readonly number[]): Uint8Array[] {
  if (statistics) {
    const level = (value: number, i: number) => {
      const { mean, std } = statistics[i % statistics.length] ?? { mean: 0, std: 1 };
      return Math.round(255 * (value * std + mean));
    };
    return indices.map((index) => Uint8Array.from(gather(test, Uint32Array.of(index)).pixels, level));
  }
  let [darkest, brightest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const pixel of test.pixels) {
    darkest = Math.min(darkest, pixel);
    brightest = Math.max(brightest, pixel);
  }
  const scale = 255 / (brightest - darkest);
  const area = test.pixels.length / test.count;
  return indices.map((index) => {
    const own = Array.from(test.pixels.subarray(index * area, (index + 1) * area));
    return Uint8Array.from(own, (pixel) => Math.round((pixel - darkest) * scale));
  });
}

/** Bytes of activations and gradients that are looked at in one go. */
export const MOST_BYTES = 2 ** 25;

/**
 * Cuts a list into runs that each take no more bytes than are given; an entry that takes more by itself is alone.
 * @param bytesOf an entry
 */
export function inChunks<T>(entries: readonly T[], bytesOf: (entry: T) => number, most: number): readonly T[][] {
  const chunks: T[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = bytesOf(entry);
    if (bytes > room) {
      chunks.push([]);
      room = most;
    }
    chunks.at(-1)?.push(entry);
    room -= bytes;
  }
  return chunks;
}
