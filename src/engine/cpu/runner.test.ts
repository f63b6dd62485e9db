import { expect, it } from 'vitest';
import { looks, Patience } from './runner.ts';

/** How many of some runs look often, where each takes as long as its looks make it. @param slower of the next runs, how many times as long each takes */
function oftenLooking(
  patience: Patience,
  runs: number,
  time: Readonly<Record<number, number>>,
  slower: readonly number[] = [],
): number {
  let often = 0;
  for (let run = 0; run < runs; run++) {
    const next = patience.next();
    often += Number(next === looks.many);
    patience.took((time[next] ?? Number.NaN) * (slower[run] ?? 1));
  }
  return often;
}

const free = { [looks.many]: 2, [looks.few]: 3 };
const busy = { [looks.many]: 9, [looks.few]: 3 };

it('threads look often at each other where that is quicker, seldom where it is slower, and notice when that changes', () => {
  const patience = new Patience();
  // All but three of 128.
  expect(oftenLooking(patience, 256, free)).toBe(250);
  // One that was interrupted changes nothing.
  expect(oftenLooking(patience, 1, { [looks.many]: 90 })).toBe(1);
  expect(oftenLooking(patience, 127, free)).toBe(124);
  // Noticed by the next trial, and then all but eight of 128.
  oftenLooking(patience, 128, busy);
  expect(oftenLooking(patience, 128, busy)).toBe(8);
  oftenLooking(patience, 128, free);
  expect(oftenLooking(patience, 128, free)).toBe(125);
});

it('notices within a few runs that what it knows to be slower once would be quicker now', () => {
  const patience = new Patience();
  oftenLooking(patience, 64, free);
  expect(oftenLooking(patience, 64, busy)).toBeLessThan(5);
});

it('that the first runs take longer, as they compile, decides nothing', () => {
  const patience = new Patience();
  const compiling = Array.from({ length: 32 }, (_, run) => 20 / (run + 1) ** 2 + 1);
  expect(oftenLooking(patience, 128, free, compiling)).toBe(125);
});

it('threads that few looks keep on one core are given the time to leave it', () => {
  const patience = new Patience();
  oftenLooking(patience, 128, busy);
  let runs = 0;
  // On one core many looks take longer, until the system has noticed.
  const onOneCore = {
    [looks.few]: 9,
    get [looks.many]() {
      return ++runs > 5 ? 5 : 11;
    },
  };
  oftenLooking(patience, 128, onOneCore);
  expect(oftenLooking(patience, 128, { [looks.many]: 5, [looks.few]: 9 })).toBe(125);
});
