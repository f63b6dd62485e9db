import { describe, expect, it } from 'vitest';
import type { Batch } from '../reference.ts';
import { along, batchShapes, gradientError, noise } from '../testGradients.ts';
import { backward, forward } from './reference.ts';

describe('averagePool', () => {
  it('averages each 2×2 window, and at an odd edge the values that are there', () => {
    const x: Batch = { shape: [1, 3, 3, 1], values: Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]) };
    const y = forward(x);
    expect(y.shape).toEqual([1, 2, 2, 1]);
    expect([...y.values]).toEqual([3, 4.5, 7.5, 9]);
  });

  it.each(batchShapes)('has the gradient of finite differences: %i images of %i × %i × %i', (...shape) => {
    const x = noise(shape, 'x');
    const dy = noise(forward(x).shape, 'dy');
    expect(gradientError([x], [backward(x, dy)], () => along(dy, forward(x)))).toBeLessThan(1e-6);
  });
});
