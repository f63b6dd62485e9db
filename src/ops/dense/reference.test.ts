import { describe, expect, it } from 'vitest';
import type { Batch } from '../reference.ts';
import { along, batchShapes, gradientError, noise } from '../testGradients.ts';
import { backward, forward } from './reference.ts';

describe('dense', () => {
  it('multiplies the flattened image by its matrix and adds the bias', () => {
    const x: Batch = { shape: [2, 1, 2, 1], values: Float64Array.from([1, 2, 3, 4]) };
    const weight = { shape: [2, 3], values: Float64Array.from([1, 0, 2, 0, 1, 10]) };
    const bias = { shape: [3], values: Float64Array.from([0, 0, 100]) };
    const y = forward(x, weight, bias);
    expect(y.shape).toEqual([2, 1, 1, 3]);
    expect([...y.values]).toEqual([1, 2, 122, 3, 4, 146]);
  });

  it.each(batchShapes)('has the gradients of finite differences: %i images of %i × %i × %i', (...shape) => {
    const x = noise(shape, 'x');
    const weight = noise([shape[1] * shape[2] * shape[3], 4], 'weight');
    const bias = noise([4], 'bias');
    const dy = noise([shape[0], 1, 1, 4] as const, 'dy');
    const by = backward(x, weight, dy);
    const loss = () => along(dy, forward(x, weight, bias));
    expect(gradientError([x, weight, bias], [by.x, by.weight, by.bias], loss)).toBeLessThan(1e-6);
  });
});
