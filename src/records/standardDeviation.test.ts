import { describe, expect, it } from 'vitest';
import { standardDeviation } from './standardDeviation.ts';

describe('a standard deviation', () => {
  it('is that of all values around their mean', () => {
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
    expect(standardDeviation(Float32Array.of(7))).toBe(0);
  });

  it('does not lose small differences between large values', () => {
    expect(standardDeviation([1e9 - 1, 1e9 + 1])).toBe(1);
  });
});
