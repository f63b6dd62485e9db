import type { Lesson } from '../lesson.ts';
import { twinComparison } from './twinComparison.ts';

/** How deep can you go? */
export const limits: Lesson = {
  key: 'limits',
  parts: [
    {
      key: 'deep',
      ...twinComparison,
    },
    {
      key: 'beyond',
      keeps: ['error', 'quantity'],
      highlight: null,
      quantity: 'signalGradient',
      question: null,
      check: null,
    },
  ],
};
