import * as tf from '@tensorflow/tfjs-core';
import type { Examples } from '../../data/gather.ts';
import type { Activations } from '../../ops/tfjs.ts';

/** Uploads images: [N, size, size, 1]. */
export function imageTensor({ pixels, labels }: Examples, size: number): Activations {
  return tf.tensor4d(pixels, [labels.length, size, size, 1]);
}
