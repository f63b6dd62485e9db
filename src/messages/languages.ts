/** The languages that the page speaks, and which of them a visitor understands. */
import { type Problem, problem, shorten } from '../experiment/problem.ts';
import type { Language } from './language.ts';
import { speak, spoken } from './messages.ts';

type Languages = Readonly<Record<string, () => Promise<Language>>>;

/** Besides English: a line a language, for instance `de: () => import('./de/language.ts').then(({ de }) => de)`. */
const languages: Languages = {};

/**
 * The first of the visitor's languages that there are words in: `?locale=de` of the address, then the browser's.
 *
 * @param preferred as `navigator.languages`, the best first
 * @returns null for English, which is spoken where none of them is
 */
export function languageFor(search: string, preferred: readonly string[], known: Languages = languages): string | null {
  const asked = new URLSearchParams(search).get('locale');
  for (const tag of asked === null ? preferred : [asked, ...preferred]) {
    const base = baseOf(tag);
    if (base === 'en') return null;
    if (Object.hasOwn(known, base)) return base;
  }
  return null;
}

const baseOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/** That the address asks for a language in which there are no words; null where it does not. */
export function languageProblem(search: string, known: Languages = languages): Problem | null {
  const asked = new URLSearchParams(search).get('locale');
  const choices = ['en', ...Object.keys(known)];
  if (!asked || choices.includes(baseOf(asked))) return null;
  const used = spoken?.locale ?? 'en';
  return problem('app.noSuchChoice', { key: 'locale', value: shorten(asked), choices: choices.join(', '), used });
}

/** Lets the page speak the visitor's language; English where its words do not arrive. */
export async function speakTo(
  search: string,
  preferred: readonly string[],
  known: Languages = languages,
): Promise<void> {
  const chosen = languageFor(search, preferred, known);
  const load = chosen === null ? undefined : known[chosen];
  if (load) await load().then(speak, () => undefined);
}
