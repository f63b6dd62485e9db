import { expect, it } from 'vitest';
import { noise } from '../gradientCheck.ts';
import { backward, forward } from './reference.ts';

it('the identity layer changes neither the signal nor its gradient', () => {
  const x = noise([2, 3, 3, 2] as const, 'x');
  expect(forward(x)).toEqual(x);
  expect(backward(x)).toEqual(x);
});
