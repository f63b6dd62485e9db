import { describe, expect, it } from 'vitest';
import type { Batch } from '../reference.ts';
import { along, gradientError, noise } from '../testGradients.ts';
import { backward, forward } from './reference.ts';

const line: Batch = { shape: [1, 1, 1, 3], values: Float64Array.from([-2, 0, 2]) };
const ones: Batch = { shape: [1, 1, 1, 3], values: Float64Array.from([1, 1, 1]) };

describe('activation', () => {
  it('gives the values of each function', () => {
    expect([...forward(line, 'relu').values]).toEqual([0, 0, 2]);
    expect([...forward(line, 'leaky').values]).toEqual([-0.02, 0, 2]);
    expect(forward(line, 'sigmoid').values[1]).toBe(0.5);
    expect(forward(line, 'sigmoid').values[2]).toBeCloseTo(1 / (1 + Math.E ** -2), 14);
    expect(forward(line, 'tanh').values[2]).toBeCloseTo((Math.E ** 4 - 1) / (Math.E ** 4 + 1), 14);
  });

  it('passes no gradient through a ReLU at 0', () => {
    expect([...backward(line, 'relu', ones).values]).toEqual([0, 0, 1]);
    expect([...backward(line, 'leaky', ones).values]).toEqual([0.01, 0.01, 1]);
  });

  it('has the largest derivatives at 0: 1/4 of the sigmoid, 1 of tanh', () => {
    expect(backward(line, 'sigmoid', ones).values[1]).toBe(0.25);
    expect(backward(line, 'tanh', ones).values[1]).toBe(1);
  });

  it.each(['sigmoid', 'tanh', 'relu', 'leaky'] as const)('has the gradient of finite differences: %s', (fn) => {
    const x = noise([2, 7, 5, 3] as const, 'x');
    const dy = noise(x.shape, 'dy');
    const error = gradientError([x], [backward(x, fn, dy)], () => along(dy, forward(x, fn)));
    expect(error).toBeLessThan(1e-6);
  });
});
