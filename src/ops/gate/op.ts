import { elementwise, type OpRules } from '../op.ts';

/** Of two inputs of one shape, x and z: σ(z) · x where `open`, (1 − σ(z)) · x where `shut` (He et al. 2016, arXiv 1603.05027). */
export interface Gate {
  readonly kind: 'gate';
  readonly part: 'open' | 'shut';
}

export const gate: OpRules<Gate> = elementwise;
