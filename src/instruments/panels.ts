/** The instruments: each a panel that is downloaded when it is first opened. */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

export const instrumentNames = [
  'history',
  'gradients',
  'responses',
  'distributions',
  'shattering',
  'slice',
  'lesions',
  'inside',
  'shortcuts',
] as const;
export type InstrumentName = (typeof instrumentNames)[number];

export const panels: Readonly<Record<InstrumentName, LazyExoticComponent<ComponentType>>> = {
  history: lazy(() => import('./history/HistoryPanel.tsx')),
  gradients: lazy(() => import('./layers/GradientsPanel.tsx')),
  responses: lazy(() => import('./layers/ResponsesPanel.tsx')),
  distributions: lazy(() => import('./distributions/DistributionsPanel.tsx')),
  shattering: lazy(() => import('./shattering/ShatteringPanel.tsx')),
  slice: lazy(() => import('./slice/SlicePanel.tsx')),
  lesions: lazy(() => import('./lesions/LesionsPanel.tsx')),
  inside: lazy(() => import('./inside/InsidePanel.tsx')),
  shortcuts: lazy(() => import('./shortcuts/ShortcutLab.tsx')),
};
