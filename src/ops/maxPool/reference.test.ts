import { describe, expect, it } from 'vitest';
import type { Batch } from '../reference.ts';
import { along, batchShapes, gradientError, noise } from '../testGradients.ts';
import { backward, forward } from './reference.ts';

describe('maxPool', () => {
  it('passes on the largest of each 2×2 window, and of what is left of it at an odd edge', () => {
    const x: Batch = { shape: [1, 3, 3, 1], values: Float64Array.from([1, 2, -3, 4, 0, -6, -7, -8, -9]) };
    const y = forward(x);
    expect(y.shape).toEqual([1, 2, 2, 1]);
    expect([...y.values]).toEqual([4, -3, -7, -9]);
  });

  it('sends the gradient to the first of equal values', () => {
    const x: Batch = { shape: [1, 2, 2, 1], values: Float64Array.from([0, 5, 5, 5]) };
    const dy: Batch = { shape: [1, 1, 1, 1], values: Float64Array.from([3]) };
    expect([...backward(x, dy).values]).toEqual([0, 3, 0, 0]);
  });

  it.each(batchShapes)('has the gradient of finite differences: %i images of %i × %i × %i', (...shape) => {
    const x = noise(shape, 'x');
    const dy = noise(forward(x).shape, 'dy');
    expect(gradientError([x], [backward(x, dy)], () => along(dy, forward(x)))).toBeLessThan(1e-6);
  });
});
