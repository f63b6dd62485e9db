import { beforeEach, expect, test, vi } from 'vitest';
import { problem } from '../experiment/problem.ts';
import { en } from './en/catalogue.ts';
import { later } from './en/later.ts';
import { teachers } from './en/lessons/teachers.ts';
import type { Language } from './language.ts';
import { languageFor, languageProblem } from './languages.ts';
import { lessonText } from './lessonText.ts';
import { sentence } from './messages.ts';

/** English with every string in brackets: what is said without them has not come from the language. */
function bracketed<T>(words: T): T {
  if (typeof words === 'string') return `[${words}]` as T;
  if (typeof words === 'function') return ((...values: unknown[]) => bracketed(words(...values))) as T;
  if (Array.isArray(words)) return words.map(bracketed) as T;
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, bracketed(value)])) as T;
}

/** Strings of a translation may differ from those of English, also where these are constants. */
const made: Language = {
  locale: 'de',
  messages: {
    problems: { ...bracketed(en.problems), 'link.malformed': 'So nicht: {part}' },
    text: { ...bracketed(en.text), lessons: { ...bracketed(en.text.lessons), open: 'Lektionen' } },
  },
  later: bracketed(later),
  lessons: bracketed(lessonText),
  teachers: bracketed(teachers),
};

const known = { de: async () => made };

beforeEach(() => {
  vi.resetModules();
});

test('a visitor hears the first language that there are words in', () => {
  expect(languageFor('', ['fr', 'de-AT', 'en'], known)).toBe('de');
  expect(languageFor('', ['fr', 'en-GB', 'de'], known)).toBe(null);
  expect(languageFor('?locale=de', ['en'], known)).toBe('de');
  expect(languageFor('?locale=en', ['de'], known)).toBe(null);
  expect(languageFor('?locale=tlh', ['de'], known)).toBe('de');
  expect(languageFor('?locale=constructor', ['__proto__'], known)).toBe(null);
  expect(languageFor('?locale=de', [])).toBe(null);
});

test('an address that asks for another is told which one is spoken, and which it may ask for', () => {
  for (const search of ['', '?locale=', '?locale=de-AT', '?locale=EN'])
    expect(languageProblem(search, known)).toBe(null);
  const found = languageProblem('?locale=tlh', known);
  expect(found && sentence(found)).toBe('Ignored ?locale=tlh in the address: en is used; possible are en, de.');
  expect(languageProblem('?locale=de')?.values).toMatchObject({ choices: 'en' });
});

test('what is imported after the choice speaks the language: labels, sentences, lessons and numbers', async () => {
  const { speakTo } = await import('./languages.ts');
  await speakTo('', ['de'], known);
  const { sentence, text } = await import('./messages.ts');
  expect(text.lessons.open).toBe('Lektionen');
  expect(text.app.name).toBe(`[${en.text.app.name}]`);
  expect(sentence(problem('link.malformed', { part: 'x' }))).toBe('So nicht: x');
  expect((await import('./lessonText.ts')).lessonText.lessons.deeper).not.toEqual(lessonText.lessons.deeper);
  expect((await import('./laterText.ts')).laterText.library).not.toEqual(later.library);
  const { number } = await import('./format.ts');
  expect(number(1234567)).toBe('1.234.567');
  // It keeps its words at its top level.
  const { rangeText } = await import('../figure/settings/reading.ts');
  expect(rangeText({ min: 1, max: 9, integer: true })).toMatch(/^\[.*1.*9\]$/);
});

test('English is spoken where no language is asked for, and where its words do not arrive', async () => {
  const { speakTo } = await import('./languages.ts');
  await speakTo('', ['fr'], known);
  await speakTo('?locale=de', [], { de: () => Promise.reject(new Error('offline')) });
  const { sentence, spoken, text } = await import('./messages.ts');
  expect(spoken).toBe(null);
  expect(text).toBe((await import('./en/catalogue.ts')).en.text);
  expect(sentence(problem('link.malformed', { part: 'x' }))).toMatch(/^Ignored “x”/);
});
