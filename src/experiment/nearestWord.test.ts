import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editsBetween, nearestWord } from './nearestWord.ts';

test.each([
  ['', '', 0],
  ['relu', '', 4],
  ['gelu', 'relu', 1],
  ['realu', 'relu', 1],
  ['rleu', 'relu', 1],
  ['kitten', 'sitting', 3],
])('from %s to %s it takes %i edits', (one, other, edits) => {
  expect(editsBetween(one, other)).toBe(edits);
  expect(editsBetween(other, one)).toBe(edits);
});

test('words of one letter more differ by one, whatever they are', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 8 }),
      fc.string({ minLength: 1, maxLength: 1 }),
      fc.nat(8),
      (word, letter, at) => {
        expect(editsBetween(word, word)).toBe(0);
        expect(editsBetween(word, word.slice(0, at) + letter + word.slice(at))).toBe(1);
      },
    ),
  );
});

const known = ['sigmoid', 'tanh', 'relu', 'leaky', 'linear'];

test.each([
  ['simgoid', 'sigmoid'],
  ['linaer', 'linear'],
  ['gelu', 'relu'],
  ['swish', null],
  ['r', null],
  ['', null],
  ['sigmoid'.repeat(1000), null],
])('%s is meant for %s', (word, meant) => {
  expect(nearestWord(word, known)).toBe(meant);
});

test('of two that are as near, neither is meant', () => {
  expect(nearestWord('pal', ['pat', 'pan'])).toBe(null);
});
