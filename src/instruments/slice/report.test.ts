import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarseToFine, spacings } from './report.ts';

const sides = fc.integer({ min: 1, max: 30 }).map((half) => 2 * half + 1);
const directions = fc.constantFrom(1 as const, 2 as const);

describe('the points of a slice', () => {
  it('are each computed once', () => {
    fc.assert(
      fc.property(sides, directions, (side, axes) => {
        const order = coarseToFine(side, axes);
        expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: side ** axes }, (_, index) => index));
      }),
    );
  });

  it('begin with the network as it is, and finish each lattice before a finer one', () => {
    fc.assert(
      fc.property(sides, (side) => {
        const order = coarseToFine(side, 2);
        expect(order[0]).toBe((side * side - 1) / 2);
        for (const spacing of spacings(side)) {
          const isOn = (point: number) => (point % side) % spacing === 0 && Math.floor(point / side) % spacing === 0;
          const count = ((side - 1) / spacing + 1) ** 2;
          expect(order.slice(0, count).every(isOn)).toBe(true);
        }
      }),
    );
  });

  it('come in lattices that hold one another', () => {
    expect(spacings(25)).toEqual([12, 6, 3, 1]);
    expect(spacings(11)).toEqual([5, 1]);
    expect(spacings(3)).toEqual([1]);
    expect(coarseToFine(5, 1)).toEqual([2, 0, 4, 1, 3]);
  });
});
