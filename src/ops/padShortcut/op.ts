import { type OpRules, uncounted } from '../op.ts';
import { strided } from '../shapes.ts';

/** Option A: every `stride`-th row and column; zero channels appended, or the last channels left out where the block is narrower. */
export interface PadShortcut {
  readonly kind: 'padShortcut';
  readonly stride: 1 | 2;
}

export const padShortcut: OpRules<PadShortcut> = {
  ...uncounted,
  shape: (input, { stride }, units) => strided(input, stride, units),
};
