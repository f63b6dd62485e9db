import { gather } from '../data/gather.ts';
import type { TrainingImages } from '../data/images.ts';

/** The first training images, or all where there are fewer. */
export function firstImages(count: number, { train, size }: TrainingImages) {
  const indices = Uint32Array.from({ length: Math.min(count, train.count) }, (_, index) => index);
  return { indices, ...gather(train, size, indices) };
}
