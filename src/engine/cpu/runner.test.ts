import { expect, it } from 'vitest';
import { looks, Patience } from './runner.ts';

/** How many of some runs look often, where each takes as long as its looks make it. */
function oftenLooking(patience: Patience, runs: number, time: Readonly<Record<number, number>>): number {
  let often = 0;
  for (let run = 0; run < runs; run++) {
    const next = patience.next();
    often += Number(next === looks.many);
    patience.took(time[next] ?? Number.NaN);
  }
  return often;
}

it('threads look often at each other where that is quicker, seldom where it is slower, and notice when that changes', () => {
  const patience = new Patience();
  // All but two of 128.
  expect(oftenLooking(patience, 256, { [looks.many]: 2, [looks.few]: 3 })).toBe(252);
  // One that was interrupted changes nothing.
  expect(oftenLooking(patience, 1, { [looks.many]: 90 })).toBe(1);
  expect(oftenLooking(patience, 127, { [looks.many]: 2, [looks.few]: 3 })).toBe(125);
  // Noticed within a few runs.
  expect(oftenLooking(patience, 128, { [looks.many]: 9, [looks.few]: 3 })).toBeLessThan(10);
  expect(oftenLooking(patience, 128, { [looks.many]: 9, [looks.few]: 3 })).toBe(2);
  // Noticed by trials.
  expect(oftenLooking(patience, 2560, { [looks.many]: 2, [looks.few]: 3 })).toBeGreaterThan(1500);
});
