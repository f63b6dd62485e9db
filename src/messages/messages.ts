/** Every text that people read, in the language of the page. */
import type { Problem } from '../experiment/problem.ts';
import { en } from './en/catalogue.ts';
import { formatIn, number } from './format.ts';
import type { Language, Messages } from './language.ts';

let problems: Messages['problems'] = en.problems;

/** Labels and phrases of the page. The language is chosen before a module that keeps some of them is imported. */
export let text: Messages['text'] = en.text;

/** The language of the page, where it is not English. */
export let spoken: Language | null = null;

/** From now on the page speaks this language; only `app/entry.ts` says so, before it imports the application. */
export function speak(language: Language): void {
  spoken = language;
  ({ problems, text } = language.messages);
  formatIn(language.locale);
}

/**
 * The sentence for a problem. Problems come from the worker and from storage, too: a code that the catalogue does not
 * know is shown as it is.
 */
export function sentence({ code, values }: Problem): string {
  if (!Object.hasOwn(problems, code)) return code;
  const found: string | ((values: never) => string) = problems[code];
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
