import type { Lesson } from '../lesson.ts';
import { twins } from './experiments.ts';
import { twinComparison } from './twinComparison.ts';

/** The deepest network starts better at a lower rate than the others. */
const RATE = 0.02;

/** How deep can you go? */
export const limits: Lesson = {
  key: 'limits',
  parts: [
    {
      key: 'deep',
      experiment: (size) =>
        size === 'large' ? twins('s14', 110, { lr: RATE }) : twins('t7', 110, { lr: RATE, steps: 80 }),
      ...twinComparison,
    },
    {
      key: 'beyond',
      experiment: null,
      keeps: ['error', 'quantity'],
      highlight: null,
      quantity: 'signalGradient',
      question: null,
      check: null,
    },
  ],
};
