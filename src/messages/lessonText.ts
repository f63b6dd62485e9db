/**
 * The words of the lessons, by the keys of `lessons/`. They are not part of the catalogue that every visitor downloads;
 * a translation brings its own of this type.
 */

import { extras } from './en/lessons/extras.ts';
import { glossary } from './en/lessons/glossary.ts';
import { lesson1 } from './en/lessons/lesson1.ts';
import { lesson2 } from './en/lessons/lesson2.ts';
import { lesson3 } from './en/lessons/lesson3.ts';
import { lesson4 } from './en/lessons/lesson4.ts';
import { lesson5 } from './en/lessons/lesson5.ts';
import { lesson6 } from './en/lessons/lesson6.ts';
import { lesson7 } from './en/lessons/lesson7.ts';
import { lesson8 } from './en/lessons/lesson8.ts';
import { lesson9 } from './en/lessons/lesson9.ts';
import type { LessonWords } from './figures.ts';
import type { LessonText } from './language.ts';
import { spoken } from './messages.ts';

const lessons = {
  deeper: lesson1,
  vanishing: lesson2,
  exploding: lesson3,
  cures: lesson4,
  degradation: lesson5,
  identity: lesson6,
  residual: lesson7,
  code: lesson8,
  limits: lesson9,
} satisfies Record<string, LessonWords>;

const english: LessonText = { count: Object.keys(lessons).length, lessons, glossary, extras };

export const lessonText: LessonText = spoken?.lessons ?? english;
