import { expect, it } from 'vitest';
import { along, gradientError, noise } from '../testGradients.ts';
import { masked } from './reference.ts';

it('passes on what the mask keeps, not rescaled, even beside what overflows', () => {
  const x = { shape: [1, 1, 1, 3] as const, values: Float64Array.of(3, Number.POSITIVE_INFINITY, -2) };
  expect([...masked(x, [1, 0, 1]).values]).toEqual([3, 0, -2]);
  expect([...masked({ ...x, values: Float64Array.of(4, 8, -2) }, [0.5]).values]).toEqual([2, 4, -1]);
});

it('has the gradient of finite differences', () => {
  const x = noise([2, 3, 3, 2] as const, 'x');
  const dy = noise(x.shape, 'dy');
  const mask = x.values.map((_, i) => i % 2);
  expect(gradientError([x], [masked(dy, mask)], () => along(dy, masked(x, mask)))).toBeLessThan(1e-6);
});
