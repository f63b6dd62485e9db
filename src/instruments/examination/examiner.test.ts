import { expect, it } from 'vitest';
import { inChunks } from './examiner.ts';

it('cuts a list into runs of no more bytes than are given', () => {
  const own = (bytes: number) => bytes;
  expect(inChunks([3, 4, 3, 5, 5, 1], own, 10)).toEqual([[3, 4, 3], [5, 5], [1]]);
  expect(inChunks([2, 20, 2, 2], own, 10)).toEqual([[2], [20], [2, 2]]);
  expect(inChunks([], own, 10)).toEqual([]);
});
