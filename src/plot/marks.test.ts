import { symbolCircle, symbolDiamond, symbolSquare, symbolTriangle } from 'd3';
import { expect, test } from 'vitest';
import { marksPath, thin } from './marks.tsx';

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

test('All points are kept while there is room', () => {
  expect(thin([5, 1, 4, 2], 4, 2)).toEqual([0, 1, 2, 3]);
});

test('Each bin keeps its lowest and its highest value, so that no spike is lost', () => {
  const values = [2, 2, 9, 2, 1, 2, 3, 3, 3, 0, 3, 3];
  expect(thin(values, 12, 2)).toEqual([2, 4, 6, 9]);
});

test('A gap stays a gap', () => {
  const kept = thin([1, 1, Number.NaN, 1, 1, 1], 6, 1);
  expect(kept).toContain(2);
});

test('Nothing beyond the count is looked at', () => {
  expect(thin([1, 2, 3, 99, 99], 3, 10)).toEqual([0, 1, 2]);
});
