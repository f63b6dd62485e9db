import { describe, expect, it } from 'vitest';
import { factorPerLayer, median } from './summary.ts';

describe('the factor per layer', () => {
  it('is the common ratio of a geometric sequence, read towards the input', () => {
    expect(factorPerLayer([0.001, 0.01, 0.1, 1])).toBeCloseTo(0.1, 12);
    expect(factorPerLayer([8, 4, 2, 1])).toBeCloseTo(2, 12);
  });

  it('is the least-squares fit where the sequence is not geometric', () => {
    // ln values 0, 0, 1 at distances 3, 2, 1: slope −1/2 by hand.
    expect(factorPerLayer([1, 1, Math.E])).toBeCloseTo(Math.exp(-0.5), 12);
  });

  it('skips zeros and numbers that are not finite, and keeps the distance across them', () => {
    expect(factorPerLayer([1, 0, 4, Number.NaN, 16, Number.POSITIVE_INFINITY])).toBeCloseTo(0.5, 12);
  });

  it('is unknown with fewer than two usable layers', () => {
    expect(factorPerLayer([])).toBeNull();
    expect(factorPerLayer([3])).toBeNull();
    expect(factorPerLayer([0, 3, 0])).toBeNull();
  });
});

describe('the median', () => {
  it('is the middle of an odd and the mean of the middle two of an even number of values', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
    expect(median([])).toBeNull();
  });
});
