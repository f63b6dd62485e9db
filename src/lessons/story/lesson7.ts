import { bucket, mean } from '../evidence.ts';
import type { Evidence, Lesson } from '../lesson.ts';
import { families } from './experiments.ts';

/** The mean of |F(x)| / |x|, by standard deviations, over the first and the last third of the blocks. */
function thirds({ blocks }: Evidence): { readonly early: number; readonly late: number } | null {
  if (!blocks || blocks.step === 0 || blocks.blocks.length < 3) return null;
  const ratios = blocks.blocks.map(({ branch, trunk }) => branch / trunk);
  const third = Math.floor(ratios.length / 3);
  return { early: mean(ratios.slice(0, third)), late: mean(ratios.slice(-third)) };
}

/** Learning the residual. */
export const lesson7: Lesson = {
  key: 'residual',
  parts: [
    {
      key: 'block',
      experiment: () => families('t7', [{ kind: 'residual', layers: 56 }]),
      keeps: ['error'],
      highlight: null,
      quantity: 'responseStd',
      extra: 'block',
      question: {
        kind: 'choose',
        options: ['smaller', 'same', 'larger'],
        truth: (evidence) => {
          const found = thirds(evidence);
          return (
            found &&
            bucket(found.late / found.early, [
              ['smaller', 0.8],
              ['same', 1.25],
              ['larger', Number.POSITIVE_INFINITY],
            ])
          );
        },
      },
      check: (evidence) => {
        const found = thirds(evidence);
        const ratios = evidence.blocks?.blocks.map(({ branch, trunk }) => branch / trunk) ?? [];
        const [first = 0, last = 0] = [ratios[0], ratios.at(-1)];
        return found && { isShown: found.late < 0.8 * found.early, values: { ...found, first, last } };
      },
    },
  ],
};
