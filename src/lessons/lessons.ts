/** The story, in its order. */
import type { Lesson, Part, Place } from './lesson.ts';
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

/** The lesson and the part at a place; a part that is not there is the lesson's first. */
export function at({ lesson, part }: Place): { readonly lesson: Lesson; readonly part: Part; readonly index: number } {
  const found = lessons[lesson - 1] ?? deeper;
  const index = found.parts[part] ? part : 0;
  const here = found.parts[index];
  if (!here) throw new RangeError(`lesson ${lesson} has no parts`);
  return { lesson: found, part: here, index };
}
