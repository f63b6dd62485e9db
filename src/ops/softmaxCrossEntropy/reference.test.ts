import { describe, expect, it } from 'vitest';
import type { Batch } from '../reference.ts';
import { gradientError, noise } from '../testGradients.ts';
import { backward, forward } from './reference.ts';

function logits(images: number, ...values: number[]): Batch {
  return { shape: [images, 1, 1, values.length / images], values: Float64Array.from(values) };
}

describe('softmaxCrossEntropy', () => {
  it('is ln 10 for ten equal logits', () => {
    expect(forward(logits(1, ...Array(10).fill(3)), Uint8Array.of(7))).toBeCloseTo(Math.log(10), 14);
  });

  it('is the mean over the images of −ln of the label’s probability', () => {
    const probabilities = [0.2, 0.8, 0.5, 0.5].map(Math.log);
    const loss = forward(logits(2, ...probabilities), Uint8Array.of(0, 1));
    expect(loss).toBeCloseTo((-Math.log(0.2) - Math.log(0.5)) / 2, 14);
  });

  it('stays finite for logits whose exponentials do not', () => {
    expect(forward(logits(1, 1000, 0), Uint8Array.of(1))).toBe(1000);
    expect([...backward(logits(1, 1000, 0), Uint8Array.of(1)).values]).toEqual([1, -1]);
  });

  it('is not a number where a logit is not', () => {
    expect(forward(logits(1, Number.NaN, 0), Uint8Array.of(1))).toBeNaN();
  });

  it('has the gradient of finite differences', () => {
    const x = noise([4, 1, 1, 10] as const, 'logits');
    const labels = Uint8Array.of(0, 9, 3, 3);
    expect(gradientError([x], [backward(x, labels)], () => forward(x, labels))).toBeLessThan(1e-6);
  });
});
