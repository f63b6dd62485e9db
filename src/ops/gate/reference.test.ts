import { describe, expect, it } from 'vitest';
import { along, gradientError, noise } from '../testGradients.ts';
import { backward, forward } from './reference.ts';

describe('a gate', () => {
  const x = noise([2, 3, 3, 2] as const, 'x');
  const z = noise(x.shape, 'z');
  const dy = noise(x.shape, 'dy');

  it('passes half of everything where z is 0, and what open lets through shut holds back', () => {
    const zero = { ...z, values: z.values.map(() => 0) };
    expect([...forward(x, zero, 'open').values]).toEqual([...x.values.map((value) => value / 2)]);
    const [open, shut] = [forward(x, z, 'open').values, forward(x, z, 'shut').values];
    x.values.forEach((value, i) => {
      expect((open[i] ?? Number.NaN) + (shut[i] ?? Number.NaN)).toBeCloseTo(value, 12);
    });
  });

  it('is almost closed at a bias of −6: σ(−6) = 0.0025', () => {
    const one = { shape: [1, 1, 1, 1] as const, values: Float64Array.of(1) };
    const minusSix = { ...one, values: Float64Array.of(-6) };
    expect(forward(one, minusSix, 'open').values[0]).toBeCloseTo(0.002473, 6);
    expect(forward(one, minusSix, 'shut').values[0]).toBeCloseTo(0.997527, 6);
  });

  it.each(['open', 'shut'] as const)('has the gradients of finite differences: %s', (part) => {
    const gradients = backward(x, z, part, dy);
    expect(gradientError([x, z], gradients, () => along(dy, forward(x, z, part)))).toBeLessThan(1e-6);
  });
});
