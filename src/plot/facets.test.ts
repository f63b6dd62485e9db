import { describe, expect, test } from 'vitest';
import { facetsIn } from './facets.tsx';

/** Two pictures of 2 × 3 cells. */
const two = { count: 2, width: 3, height: 2, largest: 32, gap: 4 };
/** Thirty-three pictures in two bands with headings of 15 pixels. */
const line = { count: 33, width: 10, height: 10, bands: 2, mostRows: 4, gap: 1, heading: 1.5, below: 2.2 };

describe('The layout of facets', () => {
  test('makes cells as large as the room allows', () => {
    // Side by side: (130 − 4) / 6 = 21 across. One below the other: (60 − 4) / 4 = 14 down.
    expect(facetsIn({ width: 130, height: 60, rem: 16 }, two)).toMatchObject({ columns: 2, rows: 1, cell: 21 });
    expect(facetsIn({ width: 60, height: 130, rem: 16 }, two)).toMatchObject({ columns: 1, rows: 2, cell: 20 });
  });

  test('leaves a gap between pictures, and none at the edges', () => {
    const { at } = facetsIn({ width: 130, height: 60, rem: 16 }, two);
    expect(at(0).x).toMatchObject({ from: 0, to: 63 });
    expect(at(1).x).toMatchObject({ from: 67, to: 130 });
    expect(at(1).y).toMatchObject({ from: 0, to: 42 });
  });

  test('is a strip where the cells are as large as they may be', () => {
    const units = { count: 3, width: 1, height: 1, largest: 32, gap: 4 };
    expect(facetsIn({ width: 600, height: 300, rem: 16 }, units)).toMatchObject({ columns: 3, rows: 1, cell: 32 });
  });

  test('breaks bands into rows where that makes pictures larger', () => {
    // Two bands, (400 − 22) / 2 − 15 = 174 high: in one row pictures are 19 wide, in three 57.3 high, in four 42.8.
    const wide = facetsIn({ width: 660, height: 400, rem: 10 }, line);
    expect(wide).toMatchObject({ columns: 11, rows: 3 });
    expect(wide.cell).toBeCloseTo(172 / 3 / 10, 9);
    expect(facetsIn({ width: 660, height: 120, rem: 10 }, line)).toMatchObject({ columns: 33, rows: 1 });
  });

  test('has no cells of negative size, however small the plot', () => {
    // The gaps between 64 pictures alone are wider than two pixels, in any number of columns.
    expect(facetsIn({ width: 2, height: 2, rem: 16 }, { ...two, count: 64 }).cell).toBe(0);
    expect(facetsIn({ width: 0, height: 0, rem: 10 }, line).cell).toBe(0);
  });

  test('finds a cell again by its pixels, in whichever picture and band', () => {
    const facets = facetsIn({ width: 660, height: 400, rem: 10 }, line);
    for (const band of [0, 1]) {
      for (const picture of [0, 10, 11, 32]) {
        const { x, y } = facets.at(picture, band);
        const found = facets.invert(x.at(4).px, y.at(7).px);
        expect(found.picture).toBe(picture);
        expect([found.x, found.y]).toEqual([expect.closeTo(4, 9), expect.closeTo(7, 9)]);
      }
    }
  });

  test('takes the nearest picture for what is beyond an edge', () => {
    // Of three rows of eleven.
    const { invert } = facetsIn({ width: 660, height: 400, rem: 10 }, line);
    expect([invert(5000, 20), invert(-5, 20), invert(-5, 185)].map(({ picture }) => picture)).toEqual([10, 0, 22]);
    // In the gap behind a picture, its last column.
    const { x, picture } = facetsIn({ width: 130, height: 60, rem: 16 }, two).invert(65, 5);
    expect([picture, Math.round(x)]).toEqual([0, 4]);
  });
});
