/** The story, in its order. */
import type { Experiment, TrainingSpec } from '../../experiment/experiment.ts';
import type { Lesson, Part, Size } from '../lesson.ts';
import { lesson1 } from './lesson1.ts';
import { lesson2 } from './lesson2.ts';
import { lesson3 } from './lesson3.ts';
import { lesson4 } from './lesson4.ts';
import { lesson5 } from './lesson5.ts';
import { lesson6 } from './lesson6.ts';
import { lesson7 } from './lesson7.ts';
import { lesson8 } from './lesson8.ts';
import { lesson9 } from './lesson9.ts';

export const lessons: readonly Lesson[] = [
  lesson1,
  lesson2,
  lesson3,
  lesson4,
  lesson5,
  lesson6,
  lesson7,
  lesson8,
  lesson9,
];

/** Where someone is in the story: numbered from 1, parts from 0. */
export interface Place {
  readonly lesson: number;
  readonly part: number;
}

/** The lesson and the part at a place; a part that is not there is the lesson's first. */
export function at({ lesson, part }: Place): { readonly lesson: Lesson; readonly part: Part; readonly index: number } {
  const found = lessons[lesson - 1] ?? lesson1;
  const index = found.parts[part] ? part : 0;
  const here = found.parts[index];
  if (!here) throw new RangeError(`lesson ${lesson} has no parts`);
  return { lesson: found, part: here, index };
}

/**
 * The experiment of a place: its own, or the one that goes on from the part before.
 *
 * @param changes to the training of every experiment of the story, as a link asks for them
 */
export function experimentAt(place: Place, size: Size, changes: Partial<TrainingSpec> = {}): Experiment {
  const { lesson, index } = at(place);
  const own = lesson.parts.slice(0, index + 1).findLast(({ experiment }) => experiment)?.experiment;
  if (!own) throw new RangeError(`lesson ${place.lesson} has no experiment`);
  const { networks, training } = own(size);
  return { networks, training: { ...training, ...changes } };
}
