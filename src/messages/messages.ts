/**
 * The message catalogue: every text that people read comes from here, so that a translation is one
 * more object of the type `Messages`.
 */
import type { Problem } from '../experiment/problem.ts';
import { en } from './en/catalogue.ts';
import { number } from './format.ts';

type Values = Problem['values'];

/** A sentence with `{name}` where a value goes, or a function where plurals or units need one. */
type Sentence = string | ((values: Values) => string);

/** What a translation provides; its shape is that of the English catalogue. */
export interface Messages {
  /** By the code of a problem. */
  readonly problems: Readonly<Record<keyof typeof en.problems, Sentence>>;
  /** Labels and phrases of the page, by room. */
  readonly text: typeof en.text;
}

const messages: Messages = en;

/** Labels and phrases of the page. */
export const text = messages.text;

/** The sentence for a problem; a code that the catalogue does not know is shown as it is. */
export function sentence(problem: Problem): string {
  const known = new Map<string, Sentence>(Object.entries(messages.problems));
  const found = known.get(problem.code);
  if (found === undefined) return problem.code;
  return typeof found === 'string' ? interpolate(found, problem.values) : found(problem.values);
}

function interpolate(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return hole;
    return typeof value === 'number' ? number(value) : value;
  });
}
