import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problem } from '../experiment/problem.ts';
import { en } from './en/catalogue.ts';
import { alternatives, bytes, number, percent, plural } from './format.ts';
import { sentence } from './messages.ts';

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
  expect(sentence(problem('link.malformed'))).toContain('{part}');
});

test('an unknown code is shown as it is', () => {
  for (const code of ['nothing.such', 'constructor', '__proto__']) expect(sentence(problem(code))).toBe(code);
});

test('percentages have no space before their sign, in prose as in figures', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  const spaced = files
    .filter((file) => /\.ts$/.test(file) && !/\.test\./.test(file))
    .flatMap((file) => {
      const source = readFileSync(join(import.meta.dirname, file), 'utf8');
      return [...source.matchAll(/.{0,20}[\d}] %(?![\w ]*[\d(]).{0,10}/g)].map(([found]) => `${file}: ${found}`);
    });
  expect(spaced).toEqual([]);
});

test('every problem that the source names has a sentence', () => {
  const root = join(import.meta.dirname, '..', '..');
  const files = ['src', 'tools'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file));
  const missing = sources.flatMap((file) => {
    const calls = readFileSync(join(root, file), 'utf8').matchAll(/\bproblem\(\s*'([\w.]+)'/g);
    return [...calls].map(([, code]) => code ?? '').filter((code) => !Object.hasOwn(en.problems, code));
  });
  expect(missing).toEqual([]);
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
