import { lazy } from 'react';
import { networkIds } from '../../../experiment/experiment.ts';
import { bucket, errorsOf, factorAt, firstOverLast, runOf } from '../../evidence.ts';
import type { Evidence, Lesson } from '../../lesson.ts';

/** A network below this training error has left its start (90 %) far behind. */
const TRAINED = 0.5;
/** The step at which the bars are read again. */
const LATER = 10;

function trained(evidence: Evidence): readonly number[] | null {
  const errors = networkIds.map((id) => (runOf(evidence, id)?.overflow ? 1 : errorsOf(evidence, id)?.train));
  const known = errors.filter((error) => error !== undefined);
  return known.length === networkIds.length ? known : null;
}

/** What the signal gradient does from layer to layer at step 1; null where that is not the same in both networks. */
function growth(evidence: Evidence): string | null {
  const [shallow, deep] = (['a', 'b'] as const).map((id) => {
    const run = runOf(evidence, id);
    return bucket(run && factorAt(run, 1), [
      ['shrink', 0.97],
      ['same', 1.03],
      ['grow', Number.POSITIVE_INFINITY],
    ]);
  });
  return shallow === deep ? (deep ?? null) : null;
}

/** The cures. */
export const cures: Lesson = {
  key: 'cures',
  parts: [
    {
      key: 'four',
      keeps: ['error'],
      highlight: 'bars',
      quantity: 'signalGradient',
      shows: { quantity: 'signalGradient', step: 1 },
      isPredicted: true,
      extra: lazy(() => import('./Factors.tsx')),
      question: {
        kind: 'choose',
        options: ['none', 'two', 'three', 'four'],
        truth: (evidence) => {
          const errors = trained(evidence);
          const count = errors?.filter((error) => error < TRAINED).length;
          return count === undefined
            ? null
            : bucket(count, [
                ['none', 0],
                ['two', 2],
                ['three', 3],
                ['four', 4],
              ]);
        },
      },
      check: (evidence) => {
        const errors = trained(evidence);
        if (!errors) return null;
        const [tanh = 1, he = 1, small = 1, sigmoid = 1] = errors;
        const count = errors.filter((error) => error < TRAINED).length;
        return { isShown: count === networkIds.length, values: { tanh, he, small, sigmoid, count } };
      },
    },
    {
      key: 'growth',
      keeps: ['quantity', 'history'],
      highlight: 'bars',
      quantity: 'weightGradient',
      shows: { quantity: 'signalGradient', step: 1 },
      question: {
        kind: 'choose',
        options: ['shrink', 'same', 'grow'],
        truth: growth,
      },
      check: (evidence) => {
        const [run, deeper] = [runOf(evidence, 'a'), runOf(evidence, 'b')];
        const [factor, deeperFirst] = [run && factorAt(run, 1), deeper && factorAt(deeper, 1)];
        if (!run || !deeper || !factor || !deeperFirst || deeper.steps < LATER) return null;
        const ratio = (of: typeof run, step: number) => firstOverLast(of, step, 'weightGradient');
        const values = {
          factor,
          deeperFactor: deeperFirst,
          before: ratio(run, 1),
          deeperBefore: ratio(deeper, 1),
          later: ratio(run, LATER),
          deeperLater: ratio(deeper, LATER),
          step: LATER,
        };
        return { isShown: growth(evidence) === 'grow', values };
      },
    },
  ],
};
