/** The examinations of all instruments. Their examiners are downloaded when they are first asked for. */
import type { Examination, ExaminationKind, Examiners } from '../session/examination.ts';
import { distributions } from './distributions/report.ts';
import { gradients } from './gradientCheck/report.ts';
import { confusion, inside } from './inside/report.ts';
import { blocks } from './layers/report.ts';
import { removals, swaps } from './lesions/report.ts';
import { shattering } from './shattering/report.ts';
import { lossLine, lossPlane } from './slice/report.ts';

export const examinations: Examiners & { readonly [K in ExaminationKind]: { readonly usual: Examination<K> } } = {
  blocks: { usual: blocks, examiner: async () => (await import('./layers/examine.ts')).examine },
  confusion: { usual: confusion, examiner: async () => (await import('./inside/examine.ts')).confusion },
  distributions: { usual: distributions, examiner: async () => (await import('./distributions/examine.ts')).examine },
  gradients: { usual: gradients, examiner: async () => (await import('./gradientCheck/examine.ts')).examine },
  inside: { usual: inside, examiner: async () => (await import('./inside/examine.ts')).inside },
  removals: { usual: removals, examiner: async () => (await import('./lesions/examine.ts')).removals },
  shattering: { usual: shattering, examiner: async () => (await import('./shattering/examine.ts')).examine },
  swaps: { usual: swaps, examiner: async () => (await import('./lesions/examine.ts')).swaps },
  lossLine: { usual: lossLine, examiner: async () => (await import('./slice/examine.ts')).line },
  lossPlane: { usual: lossPlane, examiner: async () => (await import('./slice/examine.ts')).plane },
};

export const examinationKinds = Object.keys(examinations) as ExaminationKind[];
