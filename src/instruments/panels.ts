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
  history: lazy(() => import('./history/Panel.tsx')),
  gradients: lazy(() => import('./layers/GradientsPanel.tsx')),
  responses: lazy(() => import('./layers/ResponsesPanel.tsx')),
  distributions: lazy(() => import('./distributions/Panel.tsx')),
  shattering: lazy(() => import('./shattering/Panel.tsx')),
  slice: lazy(() => import('./slice/Panel.tsx')),
  lesions: lazy(() => import('./lesions/Panel.tsx')),
  inside: lazy(() => import('./inside/Panel.tsx')),
  shortcuts: lazy(() => import('./shortcuts/Panel.tsx')),
};
