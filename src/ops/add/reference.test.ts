import { expect, it } from 'vitest';
import { along, gradientError, noise } from '../testGradients.ts';
import { backward, forward } from './reference.ts';

it('add has the sum of its inputs, and the gradients of finite differences', () => {
  const a = noise([2, 3, 3, 2] as const, 'a');
  const b = noise(a.shape, 'b');
  const dy = noise(a.shape, 'dy');
  expect(forward(a, b).values[5]).toBe((a.values[5] ?? 0) + (b.values[5] ?? 0));
  expect(gradientError([a, b], backward(dy), () => along(dy, forward(a, b)))).toBeLessThan(1e-6);
});
