import { expect, it } from 'vitest';
import { growthOf, offTheLine } from './growth.ts';

function timings(...pairs: readonly (readonly [number, number])[]) {
  return pairs.map(([depth, msPerStep]) => ({ depth, msPerStep }));
}

it('finds the line that times lie on', () => {
  const growth = growthOf(timings([8, 21], [20, 45], [110, 225]));
  expect(growth?.msPerLayer).toBeCloseTo(2, 12);
  expect(growth?.msAtZero).toBeCloseTo(5, 12);
  for (const { deviation } of growth?.points ?? []) expect(deviation).toBeCloseTo(0, 12);
});

it('says how far each time is off the line, as a fraction of the line', () => {
  // By hand: the mean is (1, 4), so the slope is (−1·−1 + 0 + 1·2) / 2 = 1.5 and the line 2.5, 4, 5.5.
  const growth = growthOf(timings([0, 3], [1, 3], [2, 6]));
  expect(growth).toMatchObject({ msPerLayer: 1.5, msAtZero: 2.5 });
  expect(growth?.points.map(({ deviation }) => deviation)).toEqual([3 / 2.5 - 1, 3 / 4 - 1, 6 / 5.5 - 1]);
});

it('names the depths that are more than 15 % off', () => {
  const growth = growthOf(timings([0, 3], [1, 3], [2, 6]));
  expect(growth && offTheLine(growth).map(({ depth }) => depth)).toEqual([0, 1]);
});

it('has no line through a single depth', () => expect(growthOf(timings([8, 1], [8, 2]))).toBeNull());
