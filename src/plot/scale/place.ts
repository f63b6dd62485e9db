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
  return placer(axis)(value);
}

/** The same for many values: what depends on the axis alone is computed once. */
export function placer({ kind, min, max }: ValueAxis): (value: number) => Place {
  const scaled = kind === 'linear' ? (value: number) => value : Math.log10;
  const lowest = scaled(min);
  const length = scaled(max) - lowest;
  return (value) => {
    if (!Number.isFinite(value)) return { at: 0, mark: 'notFinite' };
    // On an axis that reaches below zero it is a number like others.
    if (value === 0 && min >= 0) return { at: 0, mark: 'zero' };
    if (value < min) return { at: 0, mark: 'below' };
    if (value > max) return { at: 1, mark: 'above' };
    return { at: (scaled(value) - lowest) / length, mark: 'value' };
  };
}
