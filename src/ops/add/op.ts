import { elementwise, type OpRules } from '../op.ts';

/** The sum of two inputs of one shape. */
export interface Add {
  readonly kind: 'add';
}

export const add: OpRules<Add> = elementwise;
