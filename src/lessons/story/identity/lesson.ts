import { lazy } from 'react';
import { type BaseKind, recognizeFamily } from '../../../experiment/families.ts';
import { CLOSE } from '../../../records/finding.ts';
import { bucket, errorsOf } from '../../evidence.ts';
import type { Evidence, Lesson } from '../../lesson.ts';
import { graftsOnto } from './grafts.ts';

function builtErrors(evidence: Evidence) {
  const [base, conv, identity] = (['a', 'b', 'c'] as const).map((id) => errorsOf(evidence, id)?.train);
  return base === undefined || conv === undefined || identity === undefined ? null : { base, conv, identity };
}

/** One graft of the run: what inserting changed, and where training took it. */
function graftOf({ experiment, graft, runs }: Evidence, kind: BaseKind) {
  const index = experiment.networks.findIndex(({ stack }) => recognizeFamily(stack)?.kind === kind);
  const inserted = graft?.networks[index];
  const evaluations = (inserted && runs[inserted.network]?.evaluations) ?? [];
  const last = evaluations.at(-1);
  if (!inserted || !last || last.step === 0) return null;
  const worst = Math.max(...evaluations.map(({ testError }) => testError));
  return { change: inserted.logitChange, after: inserted.testErrorAfter, end: last.testError, worst };
}

/** The identity argument. */
export const identity: Lesson = {
  key: 'identity',
  parts: [
    {
      key: 'construction',
      keeps: ['error'],
      highlight: 'error',
      quantity: 'signalGradient',
      question: {
        kind: 'choose',
        options: ['conv', 'tied', 'identity', 'base'],
        truth: (evidence) => {
          const errors = builtErrors(evidence);
          if (!errors) return null;
          const { base, conv, identity } = errors;
          if (conv < Math.min(base, identity)) return 'conv';
          return base === identity ? 'tied' : identity < base ? 'identity' : 'base';
        },
      },
      check: (evidence) => {
        const errors = builtErrors(evidence);
        if (!errors) return null;
        const gap = errors.conv - errors.base;
        return { isShown: gap > CLOSE && errors.base === errors.identity, values: { ...errors, gap } };
      },
    },
    {
      key: 'graft',
      keeps: ['error'],
      highlight: 'error',
      quantity: 'signalGradient',
      extra: lazy(() => import('./GraftView.tsx')),
      graftsOnto,
      question: {
        kind: 'choose',
        options: ['unchanged', 'little', 'half', 'chance'],
        isSettledEarly: true,
        truth: ({ graft, experiment }) => {
          const index = experiment.networks.findIndex(({ stack }) => recognizeFamily(stack)?.kind === 'base+conv');
          const fresh = graft?.networks[index];
          if (!graft || !fresh) return null;
          return bucket(fresh.testErrorAfter - graft.testErrorBefore, [
            ['unchanged', 0.005],
            ['little', 0.2],
            ['half', 0.6],
            ['chance', 1],
          ]);
        },
      },
      check: (evidence) => {
        const [identity, residual, conv, dirac] = (
          ['base+identity', 'base+zeroresidual', 'base+conv', 'base+dirac'] as const
        ).map((kind) => graftOf(evidence, kind));
        if (!evidence.graft || !identity || !residual || !conv || !dirac) return null;
        const isExact = [identity, residual, dirac].every(({ change }) => change === 0);
        return {
          isShown:
            isExact &&
            conv.after > evidence.graft.testErrorBefore + 0.3 &&
            conv.end > identity.end + CLOSE &&
            residual.end < identity.end + CLOSE,
          values: {
            before: evidence.graft.testErrorBefore,
            identityEnd: identity.end,
            residualEnd: residual.end,
            convChange: conv.change,
            convAfter: conv.after,
            convEnd: conv.end,
            diracWorst: dirac.worst,
            diracEnd: dirac.end,
          },
        };
      },
    },
  ],
};
