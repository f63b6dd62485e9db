/** The numbers that a check found, as the sentences of a lesson write them. */
import { about, hundredths, percent, whole } from './format.ts';

export interface Figures {
  /** A fraction as a percentage. */
  percent(name: string): string;
  /** A difference of fractions, in whole percentage points, without its sign. */
  points(name: string): string;
  /** A factor per layer: two decimals. */
  factor(name: string): string;
  /** Two significant digits: 0.034, 12, 4.1 million. */
  about(name: string): string;
  whole(name: string): string;
  number(name: string): number;
  text(name: string): string;
}

/** @param values by name; a name that is not there is not a number */
export function figuresOf(values: Readonly<Record<string, number | string>>): Figures {
  const number = (name: string) => Number(values[name]);
  return {
    number,
    percent: (name) => percent(number(name)),
    points: (name) => `${whole(Math.abs(100 * number(name)))} points`,
    factor: (name) => hundredths(number(name)),
    about: (name) => about(number(name)),
    whole: (name) => whole(number(name)),
    text: (name) => String(values[name] ?? ''),
  };
}

/** What one part says. Paragraphs may hold the marks that `Prose` reads. */
export interface PartText {
  readonly heading: string;
  readonly before: readonly string[];
  readonly ask?: string;
  readonly options?: Readonly<Record<string, string>>;
  /** Of a run that shows the effect, and of one that does not. */
  readonly shown?: (figures: Figures) => readonly string[];
  readonly notShown?: (figures: Figures) => readonly string[];
  /** After the run. */
  readonly after?: readonly string[];
}

export type LessonWords = Readonly<Record<string, PartText>>;
