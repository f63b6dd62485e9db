import { describe, expect, it } from 'vitest';
import type { Batch } from '../reference.ts';
import { along, batchShapes, gradientError, noise } from '../testGradients.ts';
import { backward, forward } from './reference.ts';

describe('globalAveragePool', () => {
  it('averages each channel of each image over its positions', () => {
    const x: Batch = { shape: [2, 1, 2, 2], values: Float64Array.from([1, 10, 3, 30, 5, 50, 7, 70]) };
    const y = forward(x);
    expect(y.shape).toEqual([2, 1, 1, 2]);
    expect([...y.values]).toEqual([2, 20, 6, 60]);
  });

  it.each(batchShapes)('has the gradient of finite differences: %i images of %i × %i × %i', (...shape) => {
    const x = noise(shape, 'x');
    const dy = noise(forward(x).shape, 'dy');
    expect(gradientError([x], [backward(x, dy)], () => along(dy, forward(x)))).toBeLessThan(1e-6);
  });
});
