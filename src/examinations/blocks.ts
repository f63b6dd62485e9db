import { blockSizes } from '../engine/reference/examine.ts';
import { firstImages } from './firstImages.ts';
import type { Examine } from './subject.ts';

/** Images in the minibatch: what float64 in JavaScript does in a second. */
const IMAGES = 32;

/** The sizes of the summands of every residual block, over the first training images. */
export const examine: Examine<'blocks'> = async function* ({ graph, trainer, step, images }) {
  const { parameters } = await trainer.snapshot();
  const { pixels, labels } = firstImages(IMAGES, images);
  yield { step, images: labels.length, blocks: blockSizes(graph, parameters, pixels, labels.length) };
};
