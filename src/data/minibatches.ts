/**
 * Which images each step trains on: sampling without replacement, epoch by epoch, the same for every
 * network of an experiment and on every engine. Epochs follow each other without a gap, so every
 * batch is full and one may straddle two epochs. The first epoch takes the data chunk by chunk,
 * shuffled within each, so that training starts as soon as the first chunk is here and the batches
 * still do not depend on the speed of the network; every chunk is balanced over the classes. Later
 * epochs shuffle all images.
 */
import type { TrainingSpec } from '../experiment/experiment.ts';
import { permutation, random } from '../network/random.ts';
import { drawnView } from './augment.ts';
import { chunkImages } from './chunk.ts';

export interface Minibatches {
  /**
   * The training images of a step and how each is taken, [batch]: indices where it is taken as it is, else see `augment.ts`.
   * @param step from 1
   */
  images(step: number): Uint32Array;
  /**
   * How many training images, counted from the first, must have arrived before a step and all steps before it.
   * @param step from 1
   */
  needed(step: number): number;
}

function firstEpoch(trainCount: number, source: () => number): Uint32Array {
  const order = new Uint32Array(trainCount);
  for (let start = 0; start < trainCount; start += chunkImages) {
    order.set(permutation(Math.min(chunkImages, trainCount - start), source, start), start);
  }
  return order;
}

/**
 * The minibatches of a run, by step and in any order.
 *
 * @param seed the experiment's
 * @param trainCount training images in use, at least 1
 * @param batch images in a minibatch, at least 1
 * @param augment how images are taken
 */
export function minibatches(
  seed: number,
  trainCount: number,
  batch: number,
  augment: TrainingSpec['augment'] = 'none',
): Minibatches {
  const recent = new Map<number, Uint32Array>();

  function epochOrder(epoch: number): Uint32Array {
    const known = recent.get(epoch);
    if (known !== undefined) return known;
    const source = random(seed, 'minibatches', epoch);
    const order = epoch === 0 ? firstEpoch(trainCount, source) : permutation(trainCount, source);
    // Two epochs are enough for steps in order; an older one is drawn again after a rewind.
    for (const old of [...recent.keys()].slice(0, -1)) recent.delete(old);
    recent.set(epoch, order);
    return order;
  }

  return {
    images(step) {
      const start = (step - 1) * batch;
      return Uint32Array.from({ length: batch }, (_, i) => {
        const position = start + i;
        const image = epochOrder(Math.floor(position / trainCount))[position % trainCount] ?? 0;
        return drawnView({ seed, augment }, step, image);
      });
    },
    needed: (step) => Math.min(trainCount, Math.ceil((step * batch) / chunkImages) * chunkImages),
  };
}
