import { describe, expect, it } from 'vitest';
import { placeOf, rowOf } from './cursor.ts';

/** Rows of items with as many rows as given, and the classifier's. */
const rowsOf = (...counts: number[]) => [
  ...counts.flatMap((count, item) => Array.from({ length: count }, () => ({ item }))),
  { item: null },
];

describe('the cursor of a stack', () => {
  it('finds each row again', () => {
    const rows = rowsOf(2, 1, 4);
    expect(rows.map((_, row) => rowOf(rows, placeOf(rows, row)))).toEqual(rows.map((_, row) => row));
  });

  it('stays with its item when the items before it grow', () => {
    const place = placeOf(rowsOf(2, 4), 3);
    expect(rowOf(rowsOf(6, 4), place)).toBe(7);
  });

  it('goes to the last row that is left of an item that shrinks, and to the classifier when it is gone', () => {
    const place = placeOf(rowsOf(2, 4), 5);
    expect(rowOf(rowsOf(2, 2), place)).toBe(3);
    expect(rowOf(rowsOf(2), place)).toBe(2);
  });
});
