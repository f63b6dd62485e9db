/** Where a plan is cut into submits: a short step is one, and a long one is handed over bit by bit. */
import { trafficOf } from './memory.ts';
import type { Plan } from './plan.ts';

/** Multiplications and additions in the time in which a slow GPU loads or stores a byte: taken to be 50 GFLOP and 25 GB a second, not measured. */
const FLOPS_PER_BYTE = 2;

/** What each dispatch has to do, in multiplications and additions: elementwise ones have none, and take their time all the same. */
export function workOf(plan: Plan): number[] {
  return plan.dispatches.map(({ flops, buffers }) => flops + FLOPS_PER_BYTE * trafficOf(buffers, plan));
}

/**
 * @param work of each dispatch
 * @param most work of one submit; a dispatch that has more is alone
 * @returns for each submit, the number of the first dispatch after it
 */
export function submitsOf(work: readonly number[], most: number): number[] {
  const ends: number[] = [];
  let sum = 0;
  work.forEach((each, index) => {
    if (sum > 0 && sum + each > most) {
      ends.push(index);
      sum = 0;
    }
    sum += each;
  });
  return [...ends, work.length];
}
