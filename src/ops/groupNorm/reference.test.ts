import { describe, expect, it } from 'vitest';
import type { Batch } from '../reference.ts';
import { along, batchShapes, gradientError, noise } from '../testGradients.ts';
import { backward, forward } from './reference.ts';

/** Two images of one pixel with four channels. */
const x: Batch = { shape: [2, 1, 1, 4], values: Float64Array.from([1, 3, 10, 30, 0, 0, 5, 5]) };
const scale = { shape: [4], values: Float64Array.from([1, 1, 1, 2]) };
const shift = { shape: [4], values: Float64Array.from([0, 0, 0, 7]) };

describe('group norm', () => {
  it('takes each image and each group of neighbouring channels by itself', () => {
    // Pairs of 1 and 3, and of 10 and 30, are one deviation off their means; equal ones are 0.
    const expected = [-1, 1, -1, 2 + 7, 0, 0, 0, 7];
    forward(x, scale, shift, 2).values.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 4);
    });
  });

  it('with one group brings an image to mean 0 and variance 1 over all channels and positions', () => {
    const noisy = noise([2, 3, 3, 4] as const, 'x');
    const ones = { shape: [4], values: Float64Array.from([1, 1, 1, 1]) };
    const none = { shape: [4], values: new Float64Array(4) };
    const { values } = forward(noisy, ones, none, 1);
    for (const image of [values.subarray(0, 36), values.subarray(36)]) {
      expect(image.reduce((sum, value) => sum + value, 0) / 36).toBeCloseTo(0, 12);
      expect(image.reduce((sum, value) => sum + value ** 2, 0) / 36).toBeCloseTo(1, 4);
    }
  });

  // A group of one value has no gradient at all.
  const several = batchShapes.flatMap((shape) => [1, shape[3]].map((groups) => ({ shape, groups })));
  it.each(several.filter(({ shape, groups }) => shape[1] * shape[2] * shape[3] > groups))(
    'has the gradients of finite differences: $groups groups, $shape',
    (one) => {
      const input = noise(one.shape, 'x');
      const [factor, offset] = [noise([one.shape[3]], 'scale'), noise([one.shape[3]], 'shift')];
      const dy = noise(one.shape, 'dy');
      const by = backward(input, factor, one.groups, dy);
      const loss = () => along(dy, forward(input, factor, offset, one.groups));
      expect(gradientError([input, factor, offset], [by.x, by.scale, by.shift], loss)).toBeLessThan(1e-6);
    },
  );
});
