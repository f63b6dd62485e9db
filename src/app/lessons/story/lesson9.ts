import { errorsOf, lowest } from '../evidence.ts';
import type { Evidence, Lesson } from '../lesson.ts';
import { twins } from './experiments.ts';

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
      experiment: (size) => twins(size === 'large' ? 's14' : 't7', 110, { steps: size === 'large' ? 200 : 150 }),
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
