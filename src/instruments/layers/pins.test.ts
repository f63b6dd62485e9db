import { expect, test } from 'vitest';
import { canPin } from './pins.ts';

test('a step can be pinned once, at most three of them, and none before the first update', () => {
  expect(canPin([], 1)).toBe(true);
  expect(canPin([], 0)).toBe(false);
  expect(canPin([10], 10)).toBe(false);
  expect(canPin([1, 10], 100)).toBe(true);
  expect(canPin([1, 10, 100], 50)).toBe(false);
});
