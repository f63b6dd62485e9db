import { elementwise, type OpRules } from '../op.ts';

/** Passes its input on. */
export interface Identity {
  readonly kind: 'identity';
}

/** Its output is its input's, which is kept already. */
export const identity: OpRules<Identity> = { ...elementwise, kept: () => 0 };
