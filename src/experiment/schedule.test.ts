import { expect, test } from 'vitest';
import { learningRate } from './schedule.ts';

const rates = (schedule: 'constant' | 'linear' | 'cosine') =>
  [0, 25, 50, 100, 150].map((step) => learningRate({ lr: 0.2, schedule, steps: 100 }, step));

test('a constant rate stays', () => {
  expect(rates('constant')).toEqual([0.2, 0.2, 0.2, 0.2, 0.2]);
});

test('a linear rate starts whole, is half at half time and 0 at the end and after', () => {
  expect(rates('linear')).toEqual([0.2, expect.closeTo(0.15, 12), 0.1, 0, 0]);
});

test('a cosine rate is (1 + cos 45°) / 2 after a quarter, half at half time and 0 at the end and after', () => {
  const quarter = 0.2 * ((1 + Math.SQRT1_2) / 2);
  expect(rates('cosine')).toEqual([0.2, quarter, 0.1, 0, 0].map((rate) => expect.closeTo(rate, 12)));
});
