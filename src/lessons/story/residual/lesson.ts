import { lazy } from 'react';
import { isResidual } from '../../../experiment/stack.ts';
import { bucket, runOf } from '../../evidence.ts';
import type { Evidence, Lesson } from '../../lesson.ts';

/** |F(x)| / |x|, by standard deviations, in the first and the last block of a stage. */
interface Stage {
  readonly first: number;
  readonly last: number;
}

/**
 * The stages of network a, input first: its blocks of one width. Where width and shape change the shortcut loses a part of x, so the ratio
 * jumps; that says nothing about what blocks do.
 */
function stagesOf(evidence: Evidence): readonly Stage[] | null {
  const { experiment, blocks } = evidence;
  if (!blocks || blocks.step === 0 || blocks.step !== runOf(evidence, 'a')?.steps) return null;
  const items = experiment.networks[0]?.stack.filter(isResidual) ?? [];
  const widths = items.flatMap(({ width, count }) => Array<number>(count).fill(width));
  const ratios = blocks.blocks.map(({ branch, trunk }) => branch / trunk);
  return [...new Set(widths)].map((width) => ({
    first: ratios[widths.indexOf(width)] ?? Number.NaN,
    last: ratios[widths.lastIndexOf(width)] ?? Number.NaN,
  }));
}

/** What becomes of the ratio along a stage, where that is the same in all of them; null where it is not. */
function changeOf(stages: readonly Stage[]): string | null {
  const changes = stages.map(({ first, last }) =>
    bucket(last / first, [
      ['smaller', 0.9],
      ['same', 1 / 0.9],
      ['larger', Number.POSITIVE_INFINITY],
    ]),
  );
  return new Set(changes).size === 1 ? (changes[0] ?? null) : null;
}

/** Learning the residual. */
export const residual: Lesson = {
  key: 'residual',
  parts: [
    {
      key: 'block',
      keeps: ['error'],
      highlight: null,
      quantity: 'responseStd',
      extra: lazy(() => import('./BlockView.tsx')),
      question: {
        kind: 'choose',
        options: ['smaller', 'same', 'larger'],
        truth: (evidence) => {
          const stages = stagesOf(evidence);
          return stages && changeOf(stages);
        },
      },
      check: (evidence) => {
        const stages = stagesOf(evidence);
        if (!stages) return null;
        const ends = stages.map(({ first, last }, i) => ({ [`first${i + 1}`]: first, [`last${i + 1}`]: last }));
        return { isShown: changeOf(stages) === 'smaller', values: Object.assign({}, ...ends) };
      },
    },
  ],
};
