import type { TrainingImages } from '../../data/images.ts';

/** The first training images by their indices, or all where there are fewer. */
export function firstImages(count: number, { train }: TrainingImages): Uint32Array {
  return Uint32Array.from({ length: Math.min(count, train.count) }, (_, index) => index);
}
