import { expect, it } from 'vitest';
import { Stopwatch } from './stopwatch.ts';

function speedAfter(durations: readonly number[]) {
  const stopwatch = new Stopwatch();
  for (const duration of durations) stopwatch.add(duration);
  return stopwatch.speed;
}

it('knows no speed before the first step', () => {
  expect(speedAfter([])).toBeNull();
});

it('says what it has while it warms up, and forgets it then', () => {
  expect(speedAfter([900, 30])?.msPerStep).toBe(465);
  expect(speedAfter([900, 30, 20, 10])).toEqual({ msPerStep: 10, stepsPerSecond: 100, msPerEvaluation: null });
});

it('follows a change of speed', () => {
  const slow = Array.from({ length: 500 }, () => 100);
  const fast = Array.from({ length: 60 }, () => 20);
  expect(speedAfter([...slow, ...fast])?.msPerStep).toBe(20);
});

it('knows how long an evaluation takes, whatever the first one had to compile', () => {
  const stopwatch = new Stopwatch();
  stopwatch.add(10);
  const after = [5000, 300, 320, 310].map((duration) => {
    stopwatch.addEvaluation(duration);
    return stopwatch.speed?.msPerEvaluation;
  });
  expect(after).toEqual([5000, 2650, 320, 310]);
});
