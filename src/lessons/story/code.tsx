import { lazy } from 'react';
import { buildGraph } from '../../network/build.ts';
import { costOf } from '../../network/cost.ts';
import { bucket } from '../evidence.ts';
import type { Evidence, ExtraProps, Lesson } from '../lesson.ts';

function costs({ experiment: { networks, training } }: Evidence) {
  const [plain, residual] = networks.map((network) => costOf(buildGraph(network, training)));
  return plain && residual ? { plain, residual } : null;
}

/** The networks of the lesson as programs, once the learner has predicted what their first lines say: how many parameters they have. */
const Code = lazy(async () => {
  const { CodeTabs } = await import('../../export/CodeTabs.tsx');
  return { default: ({ isAsked }: ExtraProps) => isAsked && <CodeTabs /> };
});

/** The residual block, in code. */
export const code: Lesson = {
  key: 'code',
  parts: [
    {
      key: 'code',
      keeps: [],
      highlight: null,
      quantity: 'signalGradient',
      extra: Code,
      isAtOnce: true,
      question: {
        kind: 'choose',
        options: ['none', 'few', 'double'],
        truth: (evidence) => {
          const found = costs(evidence);
          return (
            found &&
            bucket(found.residual.parameters / found.plain.parameters, [
              ['none', 1],
              ['few', 1.5],
              ['double', Number.POSITIVE_INFINITY],
            ])
          );
        },
      },
      check: (evidence) => {
        const found = costs(evidence);
        if (!found) return null;
        const { plain, residual } = found;
        return {
          isShown: plain.parameters === residual.parameters,
          values: {
            plain: plain.parameters,
            residual: residual.parameters,
            plainMemory: plain.activationBytes,
            residualMemory: residual.activationBytes,
          },
        };
      },
    },
  ],
};
