import { expect, it } from 'vitest';
import { along, batchShapes, gradientError, noise } from '../testGradients.ts';
import { backward, forward } from './reference.ts';

it.each(batchShapes)('has the gradients of finite differences: %i images of %i × %i × %i', (...shape) => {
  const x = noise(shape, 'x');
  const scale = { shape: [1], values: Float64Array.of(0.7) };
  const dy = noise(shape, 'dy');
  const by = backward(x, scale, dy);
  expect(forward(x, scale).values[1]).toBe(0.7 * (x.values[1] ?? Number.NaN));
  expect(gradientError([x, scale], [by.x, by.scale], () => along(dy, forward(x, scale)))).toBeLessThan(1e-6);
});

it('lets its scale leave 0, where the gradient by the input is 0', () => {
  const x = { shape: [1, 1, 1, 2] as const, values: Float64Array.of(3, 5) };
  const by = backward(x, { shape: [1], values: Float64Array.of(0) }, { ...x, values: Float64Array.of(2, 1) });
  expect([...by.x.values]).toEqual([0, 0]);
  expect([...by.scale.values]).toEqual([3 * 2 + 5 * 1]);
});
