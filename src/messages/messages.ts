/**
 * The message catalogue: every text that people read comes from here, so that a translation is one
 * more object of the type `Messages`.
 */
import type { Problem } from '../experiment/problem.ts';
import { en } from './en/catalogue.ts';
import { number } from './format.ts';
import type { Sentences } from './sentences.ts';

/** What a translation provides; its shape is that of the English catalogue. */
export interface Messages {
  readonly problems: Sentences;
  /** Labels and phrases of the page, by room. */
  readonly text: typeof en.text;
}

const messages: Messages = en;

/** Labels and phrases of the page. */
export const text = messages.text;

/**
 * The sentence for a problem. Problems come from the worker and from storage, too: a code that the catalogue does not
 * know is shown as it is.
 */
export function sentence({ code, values }: Problem): string {
  if (!Object.hasOwn(messages.problems, code)) return code;
  const found: string | ((values: never) => string) = messages.problems[code];
  return typeof found === 'string' ? filled(found, values) : found(values as never);
}

function filled(template: string, values: Problem['values']): string {
  const byName = new Map<string, string | number>(Object.entries(values));
  return template.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = byName.get(name);
    if (value === undefined) return hole;
    return typeof value === 'number' ? number(value) : value;
  });
}
