import { describe, expect, it } from 'vitest';
import { NORM_EPSILON } from '../batchNorm/op.ts';
import type { Batch } from '../reference.ts';
import { along, gradientError, noise } from '../testGradients.ts';
import { backward, forward, statistics } from './reference.ts';

const tensor = (...values: number[]) => ({ shape: [values.length], values: Float64Array.from(values) });

describe('batchNorm', () => {
  it('takes the mean and population variance of each channel over images and positions', () => {
    const x: Batch = { shape: [2, 1, 2, 2], values: Float64Array.from([1, 10, 3, 10, 5, 10, 7, 10]) };
    const { mean, variance } = statistics(x);
    expect([...mean]).toEqual([4, 10]);
    expect([...variance]).toEqual([5, 0]);
  });

  it('scales and shifts what it normalised', () => {
    const x: Batch = { shape: [2, 1, 1, 1], values: Float64Array.from([-3, 3]) };
    const y = forward(x, tensor(2), tensor(5));
    expect(y.values[1]).toBeCloseTo(5 + (2 * 3) / Math.sqrt(9 + NORM_EPSILON), 14);
    expect(y.values[0]).toBeCloseTo(5 - (2 * 3) / Math.sqrt(9 + NORM_EPSILON), 14);
  });

  it('uses other statistics where they are given', () => {
    const x: Batch = { shape: [1, 1, 1, 1], values: Float64Array.from([7]) };
    const by = { mean: Float64Array.of(1), variance: Float64Array.of(4 - NORM_EPSILON) };
    expect(forward(x, tensor(10), tensor(1), by).values[0]).toBeCloseTo(31, 12);
  });

  // Two values a channel would normalise to ±1 whatever they are, and have no gradient to compare.
  const shapes = [
    [2, 7, 7, 3],
    [3, 5, 5, 1],
    [5, 1, 1, 5],
    [2, 4, 6, 3],
  ] as const;
  it.each(shapes)('has the gradients of finite differences: %i images of %i × %i × %i', (...shape) => {
    const x = noise(shape, 'x');
    const scale = noise([shape[3]], 'scale');
    const shift = noise([shape[3]], 'shift');
    const dy = noise(shape, 'dy');
    const by = backward(x, scale, dy);
    const loss = () => along(dy, forward(x, scale, shift));
    expect(gradientError([x, scale, shift], [by.x, by.scale, by.shift], loss)).toBeLessThan(1e-6);
  });
});
