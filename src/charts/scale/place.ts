import type { ValueAxis } from './axis.ts';

/** How a value is drawn: to scale, or, where it has no place on the axis, as a mark that says why. */
export type Mark = 'value' | 'zero' | 'below' | 'above' | 'notFinite';

export interface Place {
  /** Position along the axis, 0 (its min) … 1 (its max). */
  readonly at: number;
  readonly mark: Mark;
}

/**
 * Where a value stands on an axis. Zero and numbers that are not finite never get a length that
 * could be mistaken for a measurement; values beyond the ends are pinned there and marked.
 */
export function place(axis: ValueAxis, value: number): Place {
  if (!Number.isFinite(value)) return { at: 0, mark: 'notFinite' };
  // On an axis that reaches below zero it is a number like others.
  if (value === 0 && axis.min >= 0) return { at: 0, mark: 'zero' };
  if (value < axis.min) return { at: 0, mark: 'below' };
  if (value > axis.max) return { at: 1, mark: 'above' };
  if (axis.kind === 'linear') return { at: (value - axis.min) / (axis.max - axis.min), mark: 'value' };
  const lowest = Math.log10(axis.min);
  return { at: (Math.log10(value) - lowest) / (Math.log10(axis.max) - lowest), mark: 'value' };
}
