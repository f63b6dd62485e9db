/** Where a plan is cut into submits: a short step is one, and a long one is handed over bit by bit. */
import type { Dispatch } from './plan.ts';

/**
 * @param most multiplications and additions of one submit; a dispatch that has more is alone
 * @returns for each submit, the number of the dispatch behind its last
 */
export function submitsOf(dispatches: readonly Pick<Dispatch, 'flops'>[], most: number): number[] {
  const ends: number[] = [];
  let flops = 0;
  dispatches.forEach((dispatch, index) => {
    if (flops > 0 && flops + dispatch.flops > most) {
      ends.push(index);
      flops = 0;
    }
    flops += dispatch.flops;
  });
  return [...ends, dispatches.length];
}
