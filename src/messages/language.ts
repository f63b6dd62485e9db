/** All that is said in one language; a translation has the shape of the English words, and other strings. */
import type { en } from './en/catalogue.ts';
import type { later } from './en/later.ts';
import type { extras } from './en/lessons/extras.ts';
import type { teachers } from './en/lessons/teachers.ts';
import type { LessonWords } from './figures.ts';
import type { Sentences } from './sentences.ts';

/** Functions take the same values as in English; where English has a list of so many, so has a translation. */
type Translated<T> = T extends string
  ? string
  : T extends (...values: infer V) => infer R
    ? (...values: V) => Translated<R>
    : T extends object
      ? { readonly [K in keyof T]: Translated<T[K]> }
      : T;

export interface Messages {
  readonly problems: Sentences;
  /** Labels and phrases of the page, by room. */
  readonly text: Translated<typeof en.text>;
}

export interface LessonText {
  readonly lessons: Readonly<Record<keyof typeof en.text.lessons.titles, LessonWords>>;
  readonly glossary: Readonly<Record<string, string>>;
  readonly extras: Translated<typeof extras>;
}

export interface Language {
  /** As a BCP 47 tag: `de`. */
  readonly locale: string;
  readonly messages: Messages;
  /** Of the rooms that are opened later. */
  readonly later: Translated<typeof later>;
  readonly lessons: LessonText;
  readonly teachers: Translated<typeof teachers>;
}
