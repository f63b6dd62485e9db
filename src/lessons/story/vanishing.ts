import type { Experiment } from '../../experiment/experiment.ts';
import { buildGraph } from '../../network/build.ts';
import { gradientTheory } from '../../network/theory.ts';
import { factorPerLayer } from '../../records/summary.ts';
import { bucket, errorsOf, factorAt, firstOverLast, lastLoss, runOf } from '../evidence.ts';
import type { Evidence, Lesson } from '../lesson.ts';

/** A flat weight gradient changes by less than this factor per layer, up or down. */
const FLAT = 1.3;

/** A check is asked again with every record of a run. */
const predictions = new WeakMap<Experiment, number>();

function predicted({ experiment }: Evidence): number {
  const [network] = experiment.networks;
  const known = predictions.get(experiment);
  if (known !== undefined) return known;
  const theory = network && gradientTheory(buildGraph(network, experiment.training), network);
  const found = factorPerLayer(theory ?? []) ?? Number.NaN;
  predictions.set(experiment, found);
  return found;
}

function trapOf(evidence: Evidence, id: 'a' | 'b') {
  const run = runOf(evidence, id);
  const weight = run && factorAt(run, 1, 'weightGradient');
  const signal = run && factorAt(run, 1);
  return weight && signal ? { weight, signal } : null;
}

/** Vanishing gradients. */
export const vanishing: Lesson = {
  key: 'vanishing',
  parts: [
    {
      key: 'sigmoid',
      keeps: ['error'],
      highlight: 'bars',
      quantity: 'signalGradient',
      shows: { quantity: 'signalGradient', step: 1 },
      isPredicted: true,
      question: {
        kind: 'choose',
        options: ['same', 'ten', 'thousand', 'million'],
        truth: (evidence) => {
          const run = runOf(evidence, 'c');
          return (
            run &&
            bucket(1 / firstOverLast(run, 1, 'signalGradient'), [
              ['same', 3],
              ['ten', 100],
              ['thousand', 1e5],
              ['million', Number.POSITIVE_INFINITY],
            ])
          );
        },
      },
      check: (evidence) => {
        const run = runOf(evidence, 'c');
        const factors = (['a', 'b', 'c'] as const).map((id) => {
          const each = runOf(evidence, id);
          return each ? factorAt(each, 1) : null;
        });
        const [four, eight, twelve] = factors;
        if (!run || !four || !eight || !twelve) return null;
        const shrinks = 1 / firstOverLast(run, 1, 'signalGradient');
        const loss = lastLoss(run);
        const error = errorsOf(evidence, 'c')?.train ?? Number.NaN;
        const values = { four, eight, twelve, predicted: predicted(evidence), shrinks, loss, error };
        const isAlike = Math.max(four, eight, twelve) < 1.4 * Math.min(four, eight, twelve);
        return { isShown: isAlike && twelve < 0.5 && shrinks > 100, values };
      },
    },
    {
      key: 'trap',
      keeps: ['quantity'],
      highlight: 'quantity',
      quantity: 'weightGradient',
      shows: { quantity: 'weightGradient', step: 1 },
      question: {
        kind: 'choose',
        options: ['falls', 'flat', 'rises'],
        truth: (evidence) => {
          const trap = trapOf(evidence, 'a');
          return (
            trap &&
            bucket(trap.weight, [
              ['falls', 1 / FLAT],
              ['flat', FLAT],
              ['rises', Number.POSITIVE_INFINITY],
            ])
          );
        },
      },
      check: (evidence) => {
        const [tanh, relu] = [trapOf(evidence, 'a'), trapOf(evidence, 'b')];
        if (!tanh || !relu) return null;
        const isFlat = [tanh, relu].every(({ weight }) => weight < FLAT && weight > 1 / FLAT);
        return {
          isShown: isFlat && tanh.signal < 0.6 && relu.signal < 0.6,
          values: {
            tanhWeight: tanh.weight,
            tanhSignal: tanh.signal,
            reluWeight: relu.weight,
            reluSignal: relu.signal,
          },
        };
      },
    },
  ],
};
