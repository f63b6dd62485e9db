import { describe, expect, test } from 'vitest';
import { plotArea } from './area.ts';
import { lastUpTo, moved, movedLayer, nearest, upTo } from './cursor.ts';

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

test('A cursor across layers goes down to the next layer with the arrow down', () => {
  expect(movedLayer(0, 2, 'ArrowDown')).toBe(1);
  expect(movedLayer(1, 2, 'ArrowDown')).toBe(1);
  expect(movedLayer(0, 2, 'ArrowUp')).toBe(0);
  expect(movedLayer(0, 2, 'ArrowLeft')).toBeNull();
});

test('A plot keeps its margins in rem and is never inside out', () => {
  expect(plotArea({ width: 400, height: 200, rem: 10 })).toEqual({ left: 37, right: 394, top: 6, bottom: 177 });
  expect(plotArea({ width: 0, height: 0, rem: 10 })).toEqual({ left: 37, right: 38, top: 6, bottom: 7 });
});
