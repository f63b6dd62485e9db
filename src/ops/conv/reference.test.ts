import { describe, expect, it } from 'vitest';
import type { Batch, Tensor } from '../reference.ts';
import { along, batchShapes, gradientError, noise } from '../testGradients.ts';
import { backward, forward } from './reference.ts';

const oneToNine: Tensor = { shape: [3, 3, 1, 1], values: Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]) };

function image(side: number, ...values: number[]): Batch {
  return { shape: [1, side, side, 1], values: Float64Array.from(values) };
}

describe('conv', () => {
  it('slides the kernel unflipped, so that a single bright pixel shows it turned by half a turn', () => {
    const y = forward(image(3, 0, 0, 0, 0, 1, 0, 0, 0, 0), oneToNine, null, 1);
    expect([...y.values]).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('sees zeros beyond the edge', () => {
    const y = forward(image(3, 1, 1, 1, 1, 1, 1, 1, 1, 1), oneToNine, null, 1);
    // Top left 5 + 6 + 8 + 9, top 4 + 5 + 6 + 7 + 8 + 9, top right 4 + 5 + 7 + 8, and so on.
    expect([...y.values]).toEqual([28, 39, 24, 33, 45, 27, 16, 21, 12]);
  });

  it('centres its windows on every other pixel, from the first, at stride 2', () => {
    const ones = { shape: [3, 3, 1, 1], values: new Float64Array(9).fill(1) };
    const odd = forward(image(3, 1, 2, 3, 4, 5, 6, 7, 8, 9), ones, null, 2);
    expect(odd.shape).toEqual([1, 2, 2, 1]);
    expect([...odd.values]).toEqual([1 + 2 + 4 + 5, 2 + 3 + 5 + 6, 4 + 5 + 7 + 8, 5 + 6 + 8 + 9]);
    const even = forward(image(2, 1, 2, 3, 4), ones, null, 2);
    expect([...even.values]).toEqual([10]);
  });

  it('mixes channels by the matrix of each tap and adds the bias', () => {
    const x: Batch = { shape: [1, 1, 1, 2], values: Float64Array.from([10, 100]) };
    const weight = { shape: [1, 1, 2, 3], values: Float64Array.from([1, 2, 3, 4, 5, 6]) };
    const bias = { shape: [3], values: Float64Array.from([0.1, 0.2, 0.3]) };
    expect([...forward(x, weight, bias, 1).values]).toEqual([410.1, 520.2, 630.3]);
  });

  const cases = batchShapes.flatMap((shape) =>
    [1, 2].flatMap((stride) => [1, 3, 7].map((kernel) => ({ shape, stride, kernel, units: 6 - shape[3] }))),
  );
  const wide = { shape: [1, 4, 4, 5], stride: 2, kernel: 3, units: 6 } as const;
  it.each([...cases, wide])(
    'has the gradients of finite differences: $kernel×$kernel, stride $stride, $shape',
    (one) => {
      const x = noise(one.shape, 'x');
      const weight = noise([one.kernel, one.kernel, one.shape[3], one.units], 'weight');
      const bias = noise([one.units], 'bias');
      const dy = noise(forward(x, weight, bias, one.stride).shape, 'dy');
      const by = backward(x, weight, one.stride, dy);
      const loss = () => along(dy, forward(x, weight, bias, one.stride));
      expect(gradientError([x, weight, bias], [by.x, by.weight, by.bias], loss)).toBeLessThan(1e-6);
    },
  );
});
