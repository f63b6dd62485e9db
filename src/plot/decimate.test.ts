import { expect, test } from 'vitest';
import { decimate } from './decimate.ts';

test('All points are kept while there is room', () => {
  expect(decimate([5, 1, 4, 2], 4, 2)).toEqual([0, 1, 2, 3]);
});

test('Each bin keeps its lowest and its highest value, so that no spike is lost', () => {
  const values = [2, 2, 9, 2, 1, 2, 3, 3, 3, 0, 3, 3];
  expect(decimate(values, 12, 2)).toEqual([2, 4, 6, 9]);
});

test('A gap stays a gap', () => {
  const kept = decimate([1, 1, Number.NaN, 1, 1, 1], 6, 1);
  expect(kept).toContain(2);
});

test('Nothing beyond the count is looked at', () => {
  expect(decimate([1, 2, 3, 99, 99], 3, 10)).toEqual([0, 1, 2]);
});
