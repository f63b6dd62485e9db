import { expect, it } from 'vitest';
import { along, gradientError, noise } from '../testGradients.ts';
import { scaled } from './reference.ts';

it.each([0, 0.5, -2])('multiplies by a constant, and has the gradient of finite differences: %f', (factor) => {
  const x = noise([2, 3, 3, 2] as const, 'x');
  const dy = noise(x.shape, 'dy');
  expect(scaled(x, factor).values[4]).toBe(factor * (x.values[4] ?? Number.NaN));
  // Where the gradient is 0 it is so exactly, and there is nothing to compare it with.
  if (factor === 0) expect([...scaled(dy, factor).values].every((value) => value === 0)).toBe(true);
  else expect(gradientError([x], [scaled(dy, factor)], () => along(dy, scaled(x, factor)))).toBeLessThan(1e-6);
});
