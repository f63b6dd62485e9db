import { symbolCircle, symbolDiamond, symbolSquare, symbolTriangle } from 'd3-shape';
import { describe, expect, test } from 'vitest';
import { bandPath, dotsPath, linePath, marksPath } from './marks.tsx';
import { errorAxis, scaleOf, stepAxis } from './scale.ts';

/** The corners of a path of straight lines, in whole pixels. */
function corners(path: string): string[] {
  return [...path.matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(
    ([, x, y]) => `${Math.round(Number(x))},${Math.round(Number(y))}`,
  );
}

test('A shape stands at each place, as large as it was asked for', () => {
  const [first, second] = [
    { x: 10, y: 20 },
    { x: 30, y: 5 },
  ];
  // A square of 36 square pixels, 3 to each side of its middle.
  expect(marksPath(symbolSquare, 36, [first, second])).toBe('M7,17h6v6h-6ZM27,2h6v6h-6Z');
  // A circle of 16 π square pixels has the radius 4.
  expect(marksPath(symbolCircle, 16 * Math.PI, [first])).toMatch(/^M14,20A4,4,0,1,1,6,20A4,4,0,1,1,14,20$/);
  // A rhombus of two equilateral triangles, 2 x y = 60 and y = √3 x: 4 wide to each side, 7 high.
  expect(corners(marksPath(symbolDiamond, 60, [first]))).toEqual(['10,13', '14,20', '10,27', '6,20']);
  // 9 high and so 6√3 wide: 6 above its middle, and 3 below.
  expect(corners(marksPath(symbolTriangle, 27 * Math.sqrt(3), [first]))).toEqual(['10,14', '15,23', '5,23']);
});

test('No place is no path', () => {
  expect(marksPath(symbolCircle, 25, [])).toBe('');
});

describe('On a plane of a hundred steps by an error of 100 %', () => {
  const plane = {
    x: scaleOf(stepAxis(100, ''), 0, 100),
    y: scaleOf(errorAxis({ kind: 'linear', min: 0, max: 1 }, ''), 50, 0),
  };

  test('a line goes through its points', () => {
    const points = [
      { x: 0, y: 1 },
      { x: 50, y: 0.5 },
      { x: 100, y: 0 },
    ];
    expect(linePath(points, plane)).toBe('M0,0L50,25L100,50');
  });

  test('a line breaks where a value is not finite, and never says NaN', () => {
    const ys = [1, Number.NaN, 0, Number.POSITIVE_INFINITY];
    const points = ys.map((y, x) => ({ x: 10 * x, y }));
    expect(linePath(points, plane)).toBe('M0,0ZM20,50Z');
  });

  test('a line of no points is empty', () => {
    expect(linePath([], plane)).toBe('');
  });

  test('a band lies between the extremes, and dots stand above each other', () => {
    const ranges = [
      { x: 10, low: 0.2, high: 0.2 },
      { x: 40, low: 0.3, high: 0.4 },
    ];
    expect(bandPath(ranges, plane)).toBe('M10,40L40,30L40,35L10,40Z');
    expect(dotsPath(40, [0.3, 0.4], plane)).toBe('M40.0,35.0h0M40.0,30.0h0');
  });
});
