import temml from 'temml';
import { expect, test } from 'vitest';
import { type Problem, problem } from '../experiment/problem.ts';
import { alternatives, bytes, number, percent, plural } from './format.ts';
import { laterText } from './laterText.ts';
import { lessonText } from './lessonText.ts';
import { sentence, text } from './messages.ts';
import { sentences } from './sentences.ts';

test('a sentence mentions the values of its problem, numbers as people write them', () => {
  expect(sentence(problem('link.tooLong', { length: 12345, limit: 4000 }))).toBe(
    'The link is 12,345 characters long; at most 4,000 are read. The default experiment is shown instead.',
  );
});

test('a value is never taken for a template', () => {
  const ignored = sentence(problem('link.networkIgnored', { network: '{token}', token: '$& {network} <b>' }));
  expect(ignored).toBe('Network {token} of the link, “$& {network} <b>”, is left out.');
});

test('a value that is not there leaves its hole visible, also where objects inherit one of that name', () => {
  expect(sentence({ code: 'link.malformed', values: {} } as Problem)).toContain('{part}');
});

test('an unknown code is shown as it is', () => {
  for (const code of ['nothing.such', 'constructor', '__proto__']) {
    expect(sentence({ code, values: {} } as Problem)).toBe(code);
  }
});

/** Every word of a catalogue; of what makes a sentence of values, its source. */
function wordsOf(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'function') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsOf) : [];
}

test('percentages have no space before their sign, in prose as in figures', () => {
  const spaced = /[\d}] %(?![\w ]*[\d(])/;
  const words = wordsOf([text, laterText, lessonText]);
  expect(words.length).toBeGreaterThan(1000);
  expect(words.filter((each) => spaced.test(each))).toEqual([]);
});

test('the compiler holds problems and their sentences together', () => {
  // @ts-expect-error: there is no such problem
  problem('spec.tooLarge');
  // @ts-expect-error: its sentence mentions more
  problem('spec.emptyStack');
  // @ts-expect-error: a network is named, not numbered
  problem('spec.emptyStack', { network: 1 });
  // @ts-expect-error: there is no such problem
  sentences({ 'spec.tooLarge': 'Too large.' });
  // @ts-expect-error: the problem says no depth
  sentences({ 'spec.emptyStack': 'Network {network} has {depth} layers.' });
  // @ts-expect-error: the problem says no depth
  sentences({ 'spec.emptyStack': ({ depth }) => `${depth} layers.` });
  expect(sentence(problem('spec.emptyStack', { network: 'b' }))).toMatch(/^Network b has no layers/);
});

test('the formulas of quantities, and the letters in them, can be typeset', () => {
  for (const { formula, where } of Object.values(text.quantities)) {
    for (const tex of [formula, ...where.map(([letter]) => letter)])
      expect(temml.renderToString(tex, { throwOnError: true })).toMatch(/^<math/);
  }
});

test('each setting says in one sentence what it is', () => {
  for (const { meaning } of Object.values(text.settings)) expect(meaning).toMatch(/^[A-Z].{30,140}\.$/);
});

test('numbers are grouped, rounded to four digits, and tiny ones written as powers of ten', () => {
  expect([4294967295, 0, -3, 0.05, 12.3456, 0.00021].map(number)).toEqual([
    '4,294,967,295',
    '0',
    '−3',
    '0.05',
    '12.35',
    '0.00021',
  ]);
  expect([2e-8, -3.4567e-5].map(number)).toEqual(['2·10⁻⁸', '−3.46·10⁻⁵']);
});

test('fractions are written as percentages with one decimal, always', () => {
  expect([0, 0.2514, 0.58, 1, Number.NaN].map(percent)).toEqual(['0.0%', '25.1%', '58.0%', '100.0%', 'NaN']);
});

test('sizes are written in decimal units', () => {
  expect([0, 999, 1000, 700_000, 6_912_345, 2_147_483_648, 5e12].map(bytes)).toEqual([
    '0 bytes',
    '999 bytes',
    '1 KB',
    '700 KB',
    '6.91 MB',
    '2.15 GB',
    '5,000 GB',
  ]);
});

test('a phrase takes the form that fits its count', () => {
  const forms = { one: '# layer', other: '# layers' };
  expect([0, 1, 2, 1000].map((count) => plural(count, forms))).toEqual([
    '0 layers',
    '1 layer',
    '2 layers',
    '1,000 layers',
  ]);
});

test('alternatives read as a sentence does', () => {
  expect(alternatives(['14', '28'])).toBe('14 or 28');
});
