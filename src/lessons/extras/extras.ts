import type { ComponentType } from 'react';
import type { Extra, ExtraProps } from '../lesson.ts';
import { BlockView } from './BlockView.tsx';
import { CodeView } from './CodeView.tsx';
import { Costs } from './Costs.tsx';
import { Factors } from './Factors.tsx';
import { GainTries } from './GainTries.tsx';
import { GraftView } from './GraftView.tsx';

/** What a part may have in the panel besides prose, question and run. */
export const extras: Readonly<Record<Extra, ComponentType<ExtraProps>>> = {
  costs: Costs,
  gain: GainTries,
  factors: Factors,
  graft: GraftView,
  block: BlockView,
  code: CodeView,
};
