import { describe, expect, test } from 'vitest';
import { crossLabels, declutter, dodge } from './labels.ts';

test('Labels that would touch are left out; the first and the last stay', () => {
  expect(declutter([0, 10, 30, 55, 60], 20)).toEqual([true, false, true, false, true]);
  expect(declutter([0, 5], 20)).toEqual([true, false]);
  expect(declutter([], 20)).toEqual([]);
});

describe('Labels beside each other', () => {
  test('stay where they are if they have room, and are pushed dodge if not', () => {
    expect(dodge([10, 50], 12, [0, 100])).toEqual([10, 50]);
    expect(dodge([50, 48, 10], 12, [0, 100])).toEqual([60, 48, 10]);
  });

  test('stay within the plot', () => {
    expect(dodge([98, 99], 12, [0, 100])).toEqual([88, 100]);
    expect(dodge([-5], 12, [0, 100])).toEqual([0]);
  });
});

describe('Crosses in a row', () => {
  const widths = { full: 100, short: 30 };
  const label = (...centers: number[]) => crossLabels(centers, widths, 400).map(({ text, side }) => `${text} ${side}`);

  test('say in full where they have room, at the left where the plot ends', () => {
    expect(label(50)).toEqual(['full right']);
    expect(label(390)).toEqual(['full left']);
    expect(label(50, 390)).toEqual(['full right', 'full left']);
  });

  test('say only the step, or nothing, rather than touch another cross or label', () => {
    expect(label(300, 390)).toEqual(['full left', 'short left']);
    expect(label(370, 390)).toEqual(['full left', 'null right']);
    expect(label(10, 20, 30)).toEqual(['null right', 'null right', 'full right']);
  });
});
