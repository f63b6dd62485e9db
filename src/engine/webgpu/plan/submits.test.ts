import { describe, expect, it } from 'vitest';
import { submitsOf } from './submits.ts';

const plan = (...flops: number[]) => flops.map((each) => ({ flops: each }));

describe('the submits of a plan', () => {
  it('are one where there is little to do', () => {
    expect(submitsOf(plan(1, 2, 0, 3), 6)).toEqual([4]);
    expect(submitsOf([], 6)).toEqual([0]);
  });

  it('hold no more than they may, but for what cannot be cut', () => {
    expect(submitsOf(plan(4, 2, 0, 3, 9, 1, 5), 6)).toEqual([3, 4, 5, 7]);
  });
});
