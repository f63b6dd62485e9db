import { gather } from '../../data/gather.ts';
import type { TrainingImages } from '../../data/images.ts';

/**
 * Test images as they look: preparing images has only moved and scaled their pixels, so the darkest pixel of all test images
 * is their black, and the brightest their white.
 *
 * @param indices which of the test images
 * @returns grey levels 0 … 255 of each, row-major
 */
export function greysOf({ test, size }: TrainingImages, indices: readonly number[]): Uint8Array[] {
  let [darkest, brightest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const pixel of test.pixels) {
    darkest = Math.min(darkest, pixel);
    brightest = Math.max(brightest, pixel);
  }
  const scale = 255 / (brightest - darkest);
  return indices.map((index) =>
    Uint8Array.from(gather(test, size, Uint32Array.of(index)).pixels, (pixel) => Math.round((pixel - darkest) * scale)),
  );
}
