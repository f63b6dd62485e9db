import { errorsOf, firstOverLast, runOf } from '../evidence.ts';
import type { Evidence, Lesson } from '../lesson.ts';
import { DEPTHS } from './experiments.ts';
import { twinComparison } from './twinComparison.ts';

const IDS = ['a', 'b', 'c', 'd'] as const;
/** The step at which the bars are read again. */
const LATER = 10;
/** What the first conv’s weight gradient is of the last one’s where early layers are left almost without one; above, and up to ten times as much, it is healthy. */
const FROZEN = 0.1;

function fourErrors(evidence: Evidence) {
  const errors = IDS.flatMap((id) => errorsOf(evidence, id) ?? []);
  return errors.length === IDS.length ? errors : null;
}

/** Degradation. */
export const degradation: Lesson = {
  key: 'degradation',
  parts: [
    {
      key: 'depths',
      keeps: ['error'],
      highlight: 'error',
      quantity: 'signalGradient',
      question: { kind: 'draw', points: DEPTHS.map((depth, i) => ({ network: IDS[i] ?? 'a', depth })) },
      check: (evidence) => {
        const errors = fourErrors(evidence);
        if (!errors) return null;
        const [eight = 1, twenty = 1, thirtyEight = 1, fiftySix = 1] = errors.map(({ train }) => train);
        const apart = Math.max(...errors.map(({ train, test }) => Math.abs(test - train)));
        const gap = fiftySix - eight;
        const isShown = twenty > eight + 0.02 && thirtyEight > twenty && gap > 0.15;
        return { isShown, values: { eight, twenty, thirtyEight, fiftySix, apart, gap } };
      },
    },
    {
      key: 'gradients',
      keeps: ['quantity', 'history'],
      highlight: 'bars',
      quantity: 'weightGradient',
      shows: { quantity: 'weightGradient', step: 1 },
      question: null,
      check: (evidence) => {
        const [shallow, deep] = [runOf(evidence, 'b'), runOf(evidence, 'd')];
        if (!shallow || !deep || Math.min(shallow.steps, deep.steps) < LATER) return null;
        const ratio = (run: typeof deep, step: number) => firstOverLast(run, step, 'weightGradient');
        const values = {
          shallowBefore: ratio(shallow, 1),
          shallowLater: ratio(shallow, LATER),
          deepBefore: ratio(deep, 1),
          deepLater: ratio(deep, LATER),
          step: LATER,
        };
        const [eight, twenty] = [errorsOf(evidence, 'a')?.train ?? 1, errorsOf(evidence, 'b')?.train ?? 0];
        const isHealthy = values.shallowLater > FROZEN && values.shallowLater < 10;
        return { isShown: isHealthy && twenty > eight && values.deepBefore > 30 && values.deepLater < FROZEN, values };
      },
    },
    {
      key: 'twins',
      ...twinComparison,
    },
  ],
};
