/** The instruments: each a panel that is downloaded when it is first opened. */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

export const instrumentNames = ['history', 'gradients', 'responses', 'slice', 'shortcuts'] as const;
export type InstrumentName = (typeof instrumentNames)[number];

export const panels: Readonly<Record<InstrumentName, LazyExoticComponent<ComponentType>>> = {
  history: lazy(() => import('./history/HistoryPanel.tsx')),
  gradients: lazy(() => import('./layers/GradientsPanel.tsx')),
  responses: lazy(() => import('./layers/ResponsesPanel.tsx')),
  slice: lazy(() => import('./slice/SlicePanel.tsx')),
  shortcuts: lazy(() => import('./shortcuts/ShortcutLab.tsx')),
};
