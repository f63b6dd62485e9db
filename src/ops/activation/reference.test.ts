import { describe, expect, it } from 'vitest';
import { networkSettings } from '../../experiment/settings.ts';
import { ERFC } from '../arithmetic.ts';
import type { Batch } from '../reference.ts';
import { along, gradientError, noise } from '../testGradients.ts';
import { erf } from './erf.ts';
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

  it('has the published values of the error function (Abramowitz & Stegun, table 7.1), and of its fit', () => {
    const table = [
      [0, 0],
      [0.1, 0.112462916],
      [0.5, 0.5204998778],
      [1, 0.8427007929],
      [1.5, 0.9661051465],
      [2, 0.995322265],
    ] as const;
    for (const [x, value] of table) {
      expect(erf(x)).toBeCloseTo(value, 10);
      expect(erf(-x)).toBeCloseTo(-value, 10);
    }
    for (let x = 0; x < 3; x += 0.01) {
      const t = 1 / (1 + x / 2);
      const fit = t * Math.exp(ERFC.reduce((sum, each) => sum * t + each) - x * x);
      expect(Math.abs(fit / (1 - erf(x)) - 1)).toBeLessThan(1.3e-7);
    }
  });

  it('gives GELU and SiLU as they are defined, which dip below 0, and ELU, which levels off at −1', () => {
    // 1 and −2 times the shares of normal numbers below them, 0.841345 and 0.022750.
    expect(forward({ ...line, values: Float64Array.from([1, -2, 0]) }, 'gelu').values[0]).toBeCloseTo(0.841345, 6);
    expect(forward(line, 'gelu').values[0]).toBeCloseTo(-0.0455, 4);
    expect(forward(line, 'silu').values[0]).toBeCloseTo(-2 / (1 + Math.E ** 2), 14);
    expect([...forward(line, 'elu').values]).toEqual([Math.expm1(-2), 0, 2]);
    expect(backward(line, 'gelu', ones).values[1]).toBe(0.5);
    expect(backward(line, 'silu', ones).values[1]).toBe(0.5);
  });

  it.each(networkSettings.act.choices.filter((act) => act !== 'linear'))(
    'has the gradient of finite differences: %s',
    (fn) => {
      const x = noise([2, 7, 5, 3] as const, 'x');
      const dy = noise(x.shape, 'dy');
      const error = gradientError([x], [backward(x, fn, dy)], () => along(dy, forward(x, fn)));
      expect(error).toBeLessThan(1e-6);
    },
  );
});
