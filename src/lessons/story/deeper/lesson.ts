import { lazy } from 'react';
import { CLOSE, lowest } from '../../../records/finding.ts';
import { bucket, errorsOf } from '../../evidence.ts';
import type { Evidence, Lesson } from '../../lesson.ts';

function threeErrors(evidence: Evidence) {
  const [alexnet, vgg16, vgg19] = (['a', 'b', 'c'] as const).map((id) => errorsOf(evidence, id)?.train);
  if (alexnet === undefined || vgg16 === undefined || vgg19 === undefined) return null;
  return { alexnet, vgg16, vgg19 };
}

/** Is deeper better? */
export const deeper: Lesson = {
  key: 'deeper',
  parts: [
    {
      key: 'architectures',
      keeps: ['error'],
      highlight: 'error',
      quantity: 'signalGradient',
      extra: lazy(() => import('./Costs.tsx')),
      question: {
        kind: 'choose',
        options: ['alexnet', 'vgg16', 'vgg19', 'close'],
        truth: (evidence) => {
          const errors = threeErrors(evidence);
          return errors && lowest(errors, CLOSE);
        },
      },
      check: (evidence) => {
        const errors = threeErrors(evidence);
        return errors && { isShown: errors.vgg19 > errors.alexnet + CLOSE, values: errors };
      },
    },
    {
      key: 'base',
      keeps: ['error'],
      highlight: 'error',
      quantity: 'signalGradient',
      question: {
        kind: 'choose',
        options: ['under10', 'under30', 'under60', 'over60'],
        truth: (evidence) => {
          const errors = errorsOf(evidence, 'a');
          return (
            errors &&
            bucket(errors.test, [
              ['under10', 0.1],
              ['under30', 0.3],
              ['under60', 0.6],
              ['over60', 1],
            ])
          );
        },
      },
      check: (evidence) => {
        const errors = errorsOf(evidence, 'a');
        return errors && { isShown: errors.test < 0.4, values: errors };
      },
    },
  ],
};
