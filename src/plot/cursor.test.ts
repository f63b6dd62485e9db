import { describe, expect, test } from 'vitest';
import { plotArea } from './area.ts';
import { lastUpTo, moved, movedCell, nearest, nearestCell, upTo } from './cursor.ts';

describe('The cursor', () => {
  const steps = [0, 20, 40, 60, 80, 100];

  test('goes to the nearest position', () => {
    expect(nearest(steps, 29)).toBe(20);
    expect(nearest(steps, 31)).toBe(40);
    expect(nearest(steps, -50)).toBe(0);
    expect(nearest(steps, 5000)).toBe(100);
    expect(nearest([], 3)).toBeNull();
  });

  test('rests at the last position up to the step on show', () => {
    expect(lastUpTo(steps, 59)).toBe(40);
    expect(lastUpTo(steps, 60)).toBe(60);
    expect(lastUpTo([20, 40], 5)).toBe(20);
    expect(lastUpTo([], 5)).toBeNull();
  });

  test('finds its way among the numbers from 1 to a count as among those written down', () => {
    for (const count of [0, 1, 2, 7]) {
      const written = Array.from({ length: count }, (_, index) => index + 1);
      for (const x of [-3, 0, 1, 1.4, 1.6, 3.2, 7, 9]) {
        expect(nearest(upTo(count), x)).toBe(nearest(written, x));
        expect(lastUpTo(upTo(count), x)).toBe(lastUpTo(written, x));
        expect(moved(upTo(count), x, 'PageUp')).toBe(moved(written, x, 'PageUp'));
      }
      expect([upTo(count).at(-1), upTo(count).at(count), upTo(count).at(0)]).toEqual([
        written.at(-1),
        undefined,
        written[0],
      ]);
    }
  });

  test('moves by arrow to the neighbours, and stays at the ends', () => {
    expect(moved(steps, 40, 'ArrowRight')).toBe(60);
    expect(moved(steps, 40, 'ArrowLeft')).toBe(20);
    expect(moved(steps, 100, 'ArrowUp')).toBe(100);
    expect(moved(steps, 0, 'ArrowDown')).toBe(0);
  });

  test('jumps by a tenth and to the ends', () => {
    const many = Array.from({ length: 200 }, (_, index) => index);
    expect(moved(many, 50, 'PageUp')).toBe(70);
    expect(moved(many, 5, 'PageDown')).toBe(0);
    expect(moved(many, 50, 'Home')).toBe(0);
    expect(moved(many, 50, 'End')).toBe(199);
  });

  test('leaves other keys alone', () => {
    expect(moved(steps, 40, 'a')).toBeNull();
    expect(moved(steps, 40, 'Tab')).toBeNull();
  });
});

describe('The cursor among cells', () => {
  const grid = { columns: upTo(20), rows: 3 };

  test('goes to the nearest cell, within the edges', () => {
    expect(nearestCell(grid, { column: 2.6, row: 1.4 })).toEqual({ column: 3, row: 1 });
    expect(nearestCell(grid, { column: -7, row: 9 })).toEqual({ column: 1, row: 3 });
    expect(nearestCell({ columns: upTo(0), rows: 3 }, { column: 1, row: 1 })).toBeNull();
    expect(nearestCell({ columns: upTo(4), rows: 0 }, { column: 1, row: 1 })).toBeNull();
  });

  test('moves down to the next row, or up where the first row is at the bottom', () => {
    expect(movedCell(grid, { column: 2, row: 1 }, 'ArrowDown')).toEqual({ column: 2, row: 2 });
    expect(movedCell(grid, { column: 2, row: 3 }, 'ArrowDown')).toEqual({ column: 2, row: 3 });
    expect(movedCell(grid, { column: 2, row: 1 }, 'ArrowUp')).toEqual({ column: 2, row: 1 });
    expect(movedCell(grid, { column: 2, row: 1 }, 'ArrowUp', true)).toEqual({ column: 2, row: 2 });
    expect(movedCell(grid, { column: 2, row: 1 }, 'ArrowDown', true)).toEqual({ column: 2, row: 1 });
  });

  test('moves along its row by the other keys', () => {
    expect(movedCell(grid, { column: 2, row: 2 }, 'ArrowRight')).toEqual({ column: 3, row: 2 });
    expect(movedCell(grid, { column: 2, row: 2 }, 'PageUp')).toEqual({ column: 4, row: 2 });
    expect(movedCell(grid, { column: 2, row: 2 }, 'End')).toEqual({ column: 20, row: 2 });
    expect(movedCell(grid, { column: 2, row: 2 }, 'a')).toBeNull();
  });
});

test('A plot keeps its margins in rem and is never inside out', () => {
  expect(plotArea({ width: 400, height: 200, rem: 10 })).toEqual({ left: 37, right: 394, top: 6, bottom: 177 });
  expect(plotArea({ width: 0, height: 0, rem: 10 })).toEqual({ left: 37, right: 38, top: 6, bottom: 7 });
});
