import { random } from '../network/random.ts';

export interface LabelNoise {
  /** Of the images, whose labels are drawn. */
  readonly share: number;
  readonly seed: number;
  readonly classes: number;
}

/**
 * Labels of which a share is drawn anew, from all classes alike, so that some stay what they are.
 * @param first index of the first image: what becomes of a label follows from the seed and its image's index alone
 */
export function withNoise(labels: Uint8Array, first: number, { share, seed, classes }: LabelNoise): Uint8Array {
  return labels.map((label, i) => {
    const next = random(seed, 'labels', first + i);
    return next() < share ? Math.floor(next() * classes) : label;
  });
}
