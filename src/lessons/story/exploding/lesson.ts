import { lazy } from 'react';
import { convValues } from '../../../records/run.ts';
import { bucket, factorAt, lastLoss, mean, runOf } from '../../evidence.ts';
import type { Evidence, Lesson } from '../../lesson.ts';

/** The gain at which the factor is 1: without biases a ReLU network's gradient is proportional to the gain, layer by layer. */
function edgeOf(evidence: Evidence): number | null {
  const run = runOf(evidence, 'a');
  const factor = run && factorAt(run, 1);
  const gain = evidence.experiment.networks[0]?.gain;
  return factor && gain ? gain / factor : null;
}

/** Exploding gradients. */
export const exploding: Lesson = {
  key: 'exploding',
  parts: [
    {
      key: 'edge',
      keeps: ['error'],
      highlight: 'bars',
      quantity: 'signalGradient',
      shows: { quantity: 'signalGradient', step: 1 },
      isPredicted: true,
      isGainFree: true,
      extra: lazy(() => import('./GainTries.tsx')),
      question: {
        kind: 'choose',
        options: ['half', 'one', 'oneAndHalf', 'three'],
        truth: (evidence) =>
          bucket(edgeOf(evidence), [
            ['half', 0.7],
            ['one', 1.25],
            ['oneAndHalf', 2.1],
            ['three', Number.POSITIVE_INFINITY],
          ]),
      },
      check: (evidence) => {
        const [run, deeper] = [runOf(evidence, 'a'), runOf(evidence, 'b')];
        const factor = run && factorAt(run, 1);
        if (!run || !deeper || !factor) return null;
        const loss = run.loss[0] ?? Number.NaN;
        const deeperLoss = deeper.loss[0] ?? Number.NaN;
        const stopping = run.overflow ? run : deeper;
        const stopped = stopping.overflow;
        const dead = mean(convValues(run, run.steps, 'deadFraction'));
        return {
          isShown: factor > 1.05 && (stopped !== null || deeperLoss > 10),
          values: {
            gain: evidence.experiment.networks[0]?.gain ?? Number.NaN,
            factor,
            edge: edgeOf(evidence) ?? Number.NaN,
            loss,
            deeperLoss,
            dead,
            stopped: stopped?.step ?? 0,
            where: stopped?.where ?? '',
            layer: stopping.layerNames[stopped?.layer ?? -1] ?? '',
            depth: stopping.layerNames.length,
            lastLoss: lastLoss(run),
          },
        };
      },
    },
  ],
};
