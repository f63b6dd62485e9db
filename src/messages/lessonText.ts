/**
 * The words of the lessons, by the keys of `lessons/`. They are not part of the catalogue that every visitor downloads;
 * a translation brings its own of this type.
 */

import { code } from './en/lessons/code.ts';
import { cures } from './en/lessons/cures.ts';
import { deeper } from './en/lessons/deeper.ts';
import { degradation } from './en/lessons/degradation.ts';
import { exploding } from './en/lessons/exploding.ts';
import { extras } from './en/lessons/extras.ts';
import { glossary } from './en/lessons/glossary.ts';
import { identity } from './en/lessons/identity.ts';
import { limits } from './en/lessons/limits.ts';
import { residual } from './en/lessons/residual.ts';
import { vanishing } from './en/lessons/vanishing.ts';
import type { LessonText } from './language.ts';
import { spoken } from './messages.ts';

const lessons = { deeper, vanishing, exploding, cures, degradation, identity, residual, code, limits };

const english: LessonText = { lessons, glossary, extras };

export const lessonText: LessonText = spoken?.lessons ?? english;
