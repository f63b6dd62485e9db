import { describe, expect, it } from 'vitest';
import { disagreement } from './agreement.ts';
import type { Outcome } from './race.ts';

function ran(...losses: number[]): Outcome {
  return { losses, steps: [] };
}

describe('losses that differ', () => {
  it('are not found where they are equal but for rounding', () => {
    expect(disagreement({ a: ran(2, 2, 2, 1), b: ran(2.0019, 2.019, 2.019, 9) })).toBeNull();
  });

  it('are found at the first step that has them, with everybody’s loss', () => {
    expect(disagreement({ a: ran(2, 2, 2), b: ran(2.003, 2, 2), c: ran(2, 2, 2) })).toEqual({
      step: 1,
      losses: { a: 2, b: 2.003, c: 2 },
    });
    expect(disagreement({ a: ran(2, 2, 1.9), b: ran(2, 2, 2) })?.step).toBe(3);
  });

  it('are those that are no number, or that are not there', () => {
    expect(disagreement({ a: ran(2, Number.NaN, 2), b: ran(2, 2, 2) })?.step).toBe(2);
    expect(disagreement({ a: ran(Number.POSITIVE_INFINITY, 2, 2) })?.step).toBe(1);
    expect(disagreement({ a: ran(2, 2), b: ran(2, 2, 2) })?.step).toBe(3);
  });

  it('are not asked of those that could not run', () => {
    expect(disagreement({ a: ran(2, 2, 2), b: { error: 'no adapter' } })).toBeNull();
    expect(disagreement({ b: { error: 'no adapter' } })).toBeNull();
  });
});
