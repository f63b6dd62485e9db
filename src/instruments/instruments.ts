/**
 * The instruments: the one place where each is named. What the page shows and what the worker computes stand in a table each, so that
 * neither downloads what is the other's.
 */
import type { ComponentType } from 'react';
import type { Examination, ExaminationKind, Examiners } from '../session/examination.ts';
import { answers } from './answers/report.ts';
import { distributions } from './distributions/report.ts';
import { gradients } from './gradientCheck/report.ts';
import { confusion, inside } from './inside/report.ts';
import { blocks } from './layers/report.ts';
import { removals, swaps } from './lesions/report.ts';
import { shattering } from './shattering/report.ts';
import { lossLine, lossPlane } from './slice/report.ts';

interface Instrument {
  /** Downloaded when it is first opened. */
  readonly panel: () => Promise<{ readonly default: ComponentType }>;
  /** Whether it needs the whole width of a page. */
  readonly isWide?: boolean;
}

/** In the order in which they are offered. */
export const instruments = {
  history: { panel: () => import('./history/Panel.tsx') },
  gradients: { panel: () => import('./layers/GradientsPanel.tsx') },
  responses: { panel: () => import('./layers/ResponsesPanel.tsx') },
  distributions: { panel: () => import('./distributions/Panel.tsx') },
  shattering: { panel: () => import('./shattering/Panel.tsx') },
  slice: { panel: () => import('./slice/Panel.tsx') },
  lesions: { panel: () => import('./lesions/Panel.tsx') },
  inside: { panel: () => import('./inside/Panel.tsx'), isWide: true },
  shortcuts: { panel: () => import('./shortcuts/Panel.tsx'), isWide: true },
} satisfies Readonly<Record<string, Instrument>>;

export type InstrumentName = keyof typeof instruments;
export const instrumentNames = /* @__PURE__ */ Object.keys(instruments) as InstrumentName[];

/** Whether an instrument needs the whole width of a page. */
export function isWide(name: InstrumentName): boolean {
  const { isWide = false }: Instrument = instruments[name];
  return isWide;
}

/** What they compute on request. Examiners are downloaded when they are first asked for. */
export const examinations: Examiners & { readonly [K in ExaminationKind]: { readonly usual: Examination<K> } } = {
  answers: { usual: answers, examiner: async () => (await import('./answers/examine.ts')).examine },
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
