/**
 * Augmentation: an image is taken from a place up to 4 pixels off, in a border of zeros, which are the mean once images are standardised, and maybe as
 * its mirror image (He et al. 2015, arXiv 1512.03385, section 4.2). How it is taken is a number in the upper eight bits of its index, 0 for as it is. So
 * whatever is done with a minibatch (steps, gradients, a look inside) sees the same images, and every engine does, to the last bit: no engine draws.
 *
 * The draw is a hash, as that of the masks of `drop` nodes: of seed, step and image.
 */
import type { TrainingSpec } from '../experiment/experiment.ts';
import { keyOf, pcg } from '../ops/drop/mask.ts';
import type { ImageLayout } from './prepare.ts';

/** Pixels on each side. */
const BORDER = 4;
const PLACES = 2 * BORDER + 1;
const VIEWS = PLACES * PLACES * 2;

/** Bits of the index; above them is how the image is taken. */
const INDEX_BITS = 24;

/** Stands in the hash where masks have their node: no graph has as many. */
const AUGMENTATION = 2 ** 31;

/** An image as a step takes it: its index, and how. @param step from 1 */
export function drawnView(
  { seed, augment }: Pick<TrainingSpec, 'seed' | 'augment'>,
  step: number,
  image: number,
): number {
  if (augment === 'none') return image;
  const hash = pcg((image + keyOf({ seed, updates: step - 1 }, AUGMENTATION)) >>> 0) >>> 8;
  const view = Math.floor((hash * VIEWS) / 2 ** 24);
  return image + (1 + (augment === 'crop' ? view - (view % 2) : view)) * 2 ** INDEX_BITS;
}

export function indexOf(taken: number): number {
  return taken % 2 ** INDEX_BITS;
}

/**
 * Takes an image.
 *
 * @param taken how, as `drawnView` says
 * @param from [size, size, channels]
 * @param into receives as many numbers, which are zeros
 */
export function take(taken: number, from: Float32Array, into: Float32Array, { side, channels }: ImageLayout): void {
  const how = Math.floor(taken / 2 ** INDEX_BITS);
  if (how === 0) {
    into.set(from);
    return;
  }
  const view = how - 1;
  const isMirrored = view % 2 === 1;
  const place = Math.floor(view / 2);
  const [down, across] = [Math.floor(place / PLACES) - BORDER, (place % PLACES) - BORDER];
  const line = side * channels;
  for (let row = Math.max(0, -down); row < Math.min(side, side - down); row++) {
    for (let column = Math.max(0, -across); column < Math.min(side, side - across); column++) {
      const source = (row + down) * line + (column + across) * channels;
      const target = row * line + (isMirrored ? side - 1 - column : column) * channels;
      for (let channel = 0; channel < channels; channel++) into[target + channel] = from[source + channel] ?? 0;
    }
  }
}
