import { expect, test } from 'vitest';
import { evaluationsAfter, isEvaluationStep, learningRate } from './schedule.ts';
import { usualTraining } from './settings.ts';

const rates = (schedule: 'constant' | 'linear' | 'cosine') =>
  [0, 25, 50, 100, 150].map((step) => learningRate({ ...usualTraining, lr: 0.2, schedule, steps: 100 }, step));

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

test('at each milestone the rate is multiplied by the factor, from that step on', () => {
  const training = { ...usualTraining, lr: 0.4, schedule: 'steps', milestones: '30-60-80', stepfactor: 0.5 } as const;
  const rates = [0, 29, 30, 59, 60, 79, 80, 99, 120].map((step) => learningRate({ ...training, steps: 100 }, step));
  expect(rates).toEqual([0.4, 0.4, 0.2, 0.2, 0.1, 0.1, 0.05, 0.05, 0.05]);
});

test('He et al. train 110 layers at 0.01 for 400 steps, at 0.1, and at a tenth of it from 32,000 and 48,000 steps of 64,000 on', () => {
  const training = { ...usualTraining, lr: 0.1, schedule: 'steps', steps: 64_000 } as const;
  const warm = { ...training, warmup: 400, warmupform: 'constant', warmupfactor: 0.1 } as const;
  const rates = [0, 399, 400, 31_999, 32_000, 47_999, 48_000, 63_999].map((step) => learningRate(warm, step));
  expect(rates).toEqual([0.01, 0.01, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001].map((rate) => expect.closeTo(rate, 12)));
});

test('a warm-up rises on a line to what the schedule has, from the first step on', () => {
  const training = { ...usualTraining, lr: 0.2, warmup: 4, warmupfactor: 0.5, steps: 10 } as const;
  const constant = [0, 1, 2, 3, 4, 5].map((step) => learningRate({ ...training, schedule: 'constant' }, step));
  expect(constant).toEqual([0.1, 0.125, 0.15, 0.175, 0.2, 0.2].map((rate) => expect.closeTo(rate, 12)));
  // On top of a linear schedule: 0.8 of the rate is left after 2 of 10 steps, and three quarters of that is warm.
  expect(learningRate({ ...training, schedule: 'linear' }, 2)).toBeCloseTo(0.2 * 0.8 * 0.75, 12);
});

test('errors are evaluated ten times on the way and at the end, and what is left of them can be counted', () => {
  const due = (steps: number) =>
    Array.from({ length: steps + 1 }, (_, step) => step).filter((step) => isEvaluationStep(step, steps));
  expect(due(100)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  // Every tenth of 24 steps is every second one; of 25 every third, and the last besides.
  expect(due(24)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]);
  expect(due(25)).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 25]);
  expect(due(3)).toEqual([0, 1, 2, 3]);
  for (let steps = 1; steps < 130; steps++) {
    for (let step = 0; step <= steps; step++) {
      expect(evaluationsAfter(step, steps)).toBe(due(steps).filter((each) => each > step).length);
    }
  }
});
