/**
 * Chooses the images of the embedded data set: the same number of each class, drawn at random, and
 * in such an order that every run of ten holds each class once. So every prefix is balanced to
 * within one image a class, and a run on the first 500 images is as fair as one on all.
 */

import { permutation, random } from '../../src/network/random.ts';
import { BadInput } from '../commandLine.ts';
import { words } from './words.ts';

const classCount = 10;

/** Draws the choice; it is part of the data set, so it never changes. */
const seed = 1512;

/**
 * @param file names the labels' file, for the sentence if a class is too small
 * @param labels classes 0 … 9 of all images there are
 * @param perClass images to choose of each class
 * @returns indices into `labels`, [10 × perClass]
 * @throws BadInput where a class has fewer
 */
export function selectBalanced(file: string, split: string, labels: Uint8Array, perClass: number): Uint32Array {
  const chosen = Array.from({ length: classCount }, (_, label) => {
    const members = Uint32Array.from(labels.keys()).filter((index) => labels[index] === label);
    if (members.length < perClass) {
      throw new BadInput(words.tooFew({ file, label, found: members.length, needed: perClass }));
    }
    return permutation(members.length, random(seed, split, 'class', label)).map((i) => members[i] ?? 0);
  });
  const order = random(seed, split, 'order');
  const selection = new Uint32Array(classCount * perClass);
  for (let round = 0; round < perClass; round++) {
    permutation(classCount, order).forEach((label, i) => {
      selection[round * classCount + i] = chosen[label]?.[round] ?? 0;
    });
  }
  return selection;
}
