import { indexOf, take } from './augment.ts';
import type { ImageSet } from './images.ts';
import { type ImageLayout, normalise } from './prepare.ts';

/** Some images of a set, in the order asked for. */
export interface Examples {
  /** [N, size, size, channels] */
  readonly pixels: Float32Array;
  /** [N] */
  readonly labels: Uint8Array;
}

/**
 * @param taken which images of the set, and how each is taken (`augment.ts`)
 * @throws RangeError for an index outside the set
 */
export function gather(set: ImageSet, taken: Uint32Array): Examples {
  const area = set.pixels.length / set.count;
  const pixels = new Float32Array(taken.length * area);
  const labels = new Uint8Array(taken.length);
  const normalised = new Float32Array(area);
  taken.forEach((each, i) => {
    const index = indexOf(each);
    const label = set.labels[index];
    if (label === undefined) throw new RangeError(`image ${index} of a set of ${set.count}`);
    const from = set.pixels.subarray(index * area, (index + 1) * area);
    if (set.scale) normalise(from, set.scale, normalised);
    else normalised.set(from);
    take(each, normalised, pixels.subarray(i * area, (i + 1) * area), layoutOf(area));
    labels[i] = label;
  });
  return { pixels, labels };
}

/** The labels of some images of a set. */
export function labelsOf({ labels }: ImageSet, images: Uint32Array): Uint8Array {
  return Uint8Array.from(images, (image) => labels[image] ?? 0);
}

/** Images are square, of one channel or three: the number of their pixels says which. */
function layoutOf(area: number): ImageLayout {
  const channels = Number.isInteger(Math.sqrt(area)) ? 1 : 3;
  return { side: Math.sqrt(area / channels), channels };
}
