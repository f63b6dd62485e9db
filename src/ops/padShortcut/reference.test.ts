import { describe, expect, it } from 'vitest';
import type { Batch } from '../reference.ts';
import { along, batchShapes, gradientError, noise } from '../testGradients.ts';
import { backward, forward } from './reference.ts';

const square: Batch = { shape: [1, 3, 3, 1], values: Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]) };

describe('padShortcut', () => {
  it('keeps every other row and column and appends zero channels', () => {
    const y = forward(square, 2, 2);
    expect(y.shape).toEqual([1, 2, 2, 2]);
    expect([...y.values]).toEqual([1, 0, 3, 0, 7, 0, 9, 0]);
  });

  it('leaves out the last channels where the block is narrower', () => {
    const x: Batch = { shape: [1, 1, 2, 3], values: Float64Array.from([1, 2, 3, 4, 5, 6]) };
    expect([...forward(x, 1, 2).values]).toEqual([1, 2, 4, 5]);
  });

  const cases = batchShapes.flatMap((shape) => [1, 2].flatMap((stride) => [2, 7].map((to) => ({ shape, stride, to }))));
  it.each(cases)('has the gradient of finite differences: $shape to $to channels, stride $stride', (one) => {
    const x = noise(one.shape, 'x');
    const dy = noise(forward(x, one.stride, one.to).shape, 'dy');
    const loss = () => along(dy, forward(x, one.stride, one.to));
    expect(gradientError([x], [backward(x, one.stride, dy)], loss)).toBeLessThan(1e-6);
  });
});
