import type { ImageSet } from './images.ts';

/** Some images of a set, in the order asked for. */
export interface Examples {
  /** [N, size, size, channels] */
  readonly pixels: Float32Array;
  /** [N] */
  readonly labels: Uint8Array;
}

/**
 * @param indices which images of the set
 * @throws RangeError for an index outside the set
 */
export function gather(set: ImageSet, indices: Uint32Array): Examples {
  const area = set.pixels.length / set.count;
  const pixels = new Float32Array(indices.length * area);
  const labels = new Uint8Array(indices.length);
  indices.forEach((index, i) => {
    const label = set.labels[index];
    if (label === undefined) throw new RangeError(`image ${index} of a set of ${set.count}`);
    pixels.set(set.pixels.subarray(index * area, (index + 1) * area), i * area);
    labels[i] = label;
  });
  return { pixels, labels };
}
