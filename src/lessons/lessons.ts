/** The story, in its order. */
import type { Experiment, TrainingSpec } from '../experiment/experiment.ts';
import type { Lesson, Part, Size } from './lesson.ts';
import { code } from './story/code.tsx';
import { cures } from './story/cures/lesson.ts';
import { deeper } from './story/deeper/lesson.ts';
import { degradation } from './story/degradation.ts';
import { exploding } from './story/exploding/lesson.ts';
import { identity } from './story/identity/lesson.ts';
import { limits } from './story/limits.ts';
import { residual } from './story/residual/lesson.ts';
import { vanishing } from './story/vanishing.ts';

export const lessons: readonly Lesson[] = [
  deeper,
  vanishing,
  exploding,
  cures,
  degradation,
  identity,
  residual,
  code,
  limits,
];

/** Where someone is in the story: numbered from 1, parts from 0. */
export interface Place {
  readonly lesson: number;
  readonly part: number;
}

/** The lesson and the part at a place; a part that is not there is the lesson's first. */
export function at({ lesson, part }: Place): { readonly lesson: Lesson; readonly part: Part; readonly index: number } {
  const found = lessons[lesson - 1] ?? deeper;
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
