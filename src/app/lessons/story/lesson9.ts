import { errorsOf, lowest } from '../evidence.ts';
import type { Evidence, Lesson } from '../lesson.ts';
import { twins } from './experiments.ts';

/** The deepest network starts better at a lower rate than the others. */
const RATE = 0.02;
const CLOSE = 0.03;

function twinErrors(evidence: Evidence) {
  const [plain, residual] = [errorsOf(evidence, 'a')?.train, errorsOf(evidence, 'b')?.train];
  return plain === undefined || residual === undefined ? null : { plain, residual };
}

/** How deep can you go? */
export const lesson9: Lesson = {
  key: 'limits',
  parts: [
    {
      key: 'deep',
      experiment: (size) =>
        size === 'large' ? twins('s14', 110, { lr: RATE }) : twins('t7', 110, { lr: RATE, steps: 80 }),
      keeps: ['error', 'quantity'],
      highlight: 'error',
      quantity: 'signalGradient',
      question: {
        kind: 'choose',
        options: ['plain', 'residual', 'close'],
        truth: (evidence) => {
          const errors = twinErrors(evidence);
          return errors && lowest(errors, CLOSE);
        },
      },
      check: (evidence) => {
        const errors = twinErrors(evidence);
        if (!errors) return null;
        const gap = errors.plain - errors.residual;
        return { isShown: gap > 0.1, values: { ...errors, gap } };
      },
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
