import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bins,
  binned,
  decadesOf,
  histogramOf,
  linearBins,
  magnitudeBins,
  medianMagnitude,
  smallestRange,
} from './histogram.ts';

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

/** The bins that hold something, by their edges. */
function filled(values: readonly number[], bins: Bins): (readonly [from: number, to: number, count: number])[] {
  return binned(histogramOf(values), bins).counts.flatMap((count, index) =>
    count > 0 ? [[bins.edges[index] ?? 0, bins.edges[index + 1] ?? 0, count] as const] : [],
  );
}

describe('a histogram', () => {
  it('counts zeros and what is not finite apart', () => {
    const found = histogramOf([0, -0, Number.NaN, Number.NEGATIVE_INFINITY, 3, -1]);
    expect(found).toMatchObject({ count: 6, zeros: 2, notFinite: 2, reach: 4 });
    expect([sum(found.fine), sum(found.magnitudes)]).toEqual([2, 2]);
  });

  it('reaches to the power of two that holds all', () => {
    expect([[1], [1.001], [-0.3], [], [0]].map((values) => histogramOf(values).reach)).toEqual([1, 2, 0.5, 0, 0]);
  });
});

describe('equal bins over a range', () => {
  it('hold their lower edge, and values beyond are counted outside', () => {
    // −1 … 1 in 64 bins of 1/32.
    const values = [-1, -1 / 32, 1 / 64, 1 / 32, 0.999, 1, 7, -1.5];
    expect(filled(values, linearBins(1, true))).toEqual([
      [-1, -31 / 32, 1],
      [-1 / 32, 0, 1],
      [0, 1 / 32, 1],
      [1 / 32, 2 / 32, 1],
      [31 / 32, 1, 1],
    ]);
    expect(binned(histogramOf(values), linearBins(1, true))).toMatchObject({ below: 1, above: 2 });
  });

  it('have the largest value in the last one where it is the end of the range', () => {
    expect(filled([1, 0.5], linearBins(1, false))).toEqual([
      [0.5, 0.515625, 1],
      [63 / 64, 1, 1],
    ]);
  });

  it('are the same as if each value had been put there at once', () => {
    const value = fc.float({ min: -32, max: 32, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.boolean(), fc.nat(5), (values, isSigned, wider) => {
        const found = histogramOf(values);
        if (found.reach === 0) return;
        const range = smallestRange(found.reach, isSigned) * 2 ** wider;
        const { edges } = linearBins(range, isSigned);
        const { counts, below, above } = binned(found, linearBins(range, isSigned));
        const others = values.filter((each) => each !== 0);
        // The last fine bin holds its upper edge, and with it goes where its lower edge goes.
        const isEnd = (each: number) => each === found.reach;
        const inside = (from: number, to: number) => others.filter((each) => each >= from && each < to).length;
        const ends = others.filter(isEnd).length;
        const first = edges[0] ?? 0;
        expect(below).toBe(others.filter((each) => each < first).length);
        expect(sum(counts) + below + above).toBe(others.length);
        counts.slice(0, -1).forEach((count, index) => {
          const [from = 0, to = 0] = edges.slice(index, index + 2);
          const moved = ends > 0 && to === found.reach ? ends : 0;
          const gone = ends > 0 && from === found.reach ? ends : 0;
          expect(count).toBe(inside(from, to) + moved - gone);
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('bins by magnitude', () => {
  it('are four a decade, for both signs', () => {
    // 10^(1/4) = 1.78, 10^(1/2) = 3.16, 10^(3/4) = 5.62.
    expect(filled([1.5, -2, 5, 6, 20, 0, 0.005], magnitudeBins(0, 1)).map(([, , count]) => count)).toEqual([
      1, 1, 1, 1,
    ]);
    const outside = binned(histogramOf([1.5, 20, 0, 0.005, -0.001]), magnitudeBins(0, 1));
    expect(outside).toEqual({ counts: [1, 0, 0, 0], below: 2, above: 1 });
  });

  it('reach from the smallest float32 number to the largest', () => {
    const found = histogramOf([2 ** -149, 3.4e38]);
    expect(decadesOf([found])).toEqual([-45, 39]);
    expect(binned(found, magnitudeBins(-45, 39)).counts.at(0)).toBe(1);
  });

  it('have the decades that are needed', () => {
    expect(decadesOf([histogramOf([0.02, 3]), histogramOf([-500])])).toEqual([-2, 3]);
    expect(decadesOf([histogramOf([0, Number.NaN])])).toBeNull();
  });

  it('say where the median lies', () => {
    const [from = 0, to = 0] = medianMagnitude(histogramOf([0, 0.001, -2, 3, 50, -0.5])) ?? [];
    expect(from).toBeCloseTo(10 ** 0.25, 9);
    expect(to).toBeCloseTo(10 ** 0.5, 9);
    expect(medianMagnitude(histogramOf([0]))).toBeNull();
  });
});
