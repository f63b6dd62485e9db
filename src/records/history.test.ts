import { describe, expect, it } from 'vitest';
import { emptyHistory, HISTORY_BYTES, type History, measurementsIn, sharedSteps, withSteps } from './history.ts';
import { stepRecord } from './testRecords.ts';

/** One layer, six quantities of four bytes: 24 bytes a step that has a row of its own. */
const BYTES_PER_STEP = 24;

function recorded(values: readonly number[], budget: number): History {
  return values.reduce(
    (history, value, index) => withSteps(history, [stepRecord(index + 1, [value])], budget),
    emptyHistory(1),
  );
}

const ramp = Array.from({ length: 20 }, (_, index) => index + 1);

describe('a history that fits its memory', () => {
  it('keeps every step exactly', () => {
    const history = recorded(ramp, 20 * BYTES_PER_STEP);
    expect(history.stepsPerRow).toBe(1);
    for (const step of [1, 7, 20]) expect(measurementsIn(history, 20, step).weightNorm[0]).toBe(step);
    expect(sharedSteps(history, 20, 7)).toEqual([7, 7]);
  });
});

describe('a history that does not', () => {
  // 20 steps of 24 bytes do not fit into 400; bins of 8 steps with three values each take 3 · 72 bytes.
  const spiky = ramp.map((value) => (value === 11 ? 1000 : value));
  const history = recorded(spiky, 400);

  it('holds mean, lowest and highest value of the steps that share a row', () => {
    expect(history.stepsPerRow).toBe(8);
    // Steps 1–8: mean 4.5. Steps 9–16, one of them 1000: (9+10+1000+12+…+16)/8 = 1089/8. Steps 17–20: 18.5.
    expect([...history.mean.weightNorm.subarray(0, 3)]).toEqual([4.5, Math.fround(1089 / 8), 18.5]);
    expect([...history.low.weightNorm.subarray(0, 3)]).toEqual([1, 9, 17]);
    expect([...history.high.weightNorm.subarray(0, 3)]).toEqual([8, 1000, 20]);
  });

  it('shows the newest step exactly, and of an earlier one the mean of those that share its row', () => {
    expect(measurementsIn(history, 20, 20).weightNorm[0]).toBe(20);
    expect(measurementsIn(history, 20, 19).weightNorm[0]).toBe(18.5);
    expect(sharedSteps(history, 20, 20)).toEqual([20, 20]);
    expect(sharedSteps(history, 20, 19)).toEqual([17, 20]);
    expect(sharedSteps(history, 20, 8)).toEqual([1, 8]);
  });

  it('says not finite of a row with a number that is not', () => {
    const broken = recorded([...ramp.slice(0, 11), Number.NaN, ...ramp.slice(12)], 400);
    expect([...broken.mean.weightNorm.subarray(0, 3)]).toEqual([4.5, Number.NaN, 18.5]);
    expect(broken.high.weightNorm[1]).toBeNaN();
  });

  it('is the same however its steps arrive', () => {
    const records = spiky.map((value, index) => stepRecord(index + 1, [value]));
    const atOnce = withSteps(emptyHistory(1), records, 400);
    for (const part of ['mean', 'low', 'high'] as const) {
      const [one, other] = [atOnce, history].map((each) => [...each[part].signalGradient.subarray(0, 3)]);
      expect(one).toEqual(other?.map((value) => expect.closeTo(value, 4)));
    }
  });

  it('takes no step in twice when a run goes on from a copy', () => {
    const again = withSteps(history, [stepRecord(12, [12]), stepRecord(13, [13])], 400);
    expect([...again.mean.weightNorm.subarray(0, 3)]).toEqual([...history.mean.weightNorm.subarray(0, 3)]);
    expect(measurementsIn(again, 13, 13).weightNorm[0]).toBe(13);
    const on = withSteps(
      again,
      [20, 21].map((value) => stepRecord(value, [value])),
      400,
    );
    expect(on.mean.weightNorm[2]).toBe((17 + 18 + 19 + 20 + 21) / 5);
  });

  it('weighs bins by their steps when they grow again', () => {
    // Bins of 16 need 2 rows: 144 bytes. Steps 9 to 12 are in a bin of 8 that is not full when they grow.
    const small = recorded(ramp.slice(0, 12), 8 * BYTES_PER_STEP);
    expect(small.stepsPerRow).toBe(8);
    const grown = withSteps(
      small,
      ramp.slice(12).map((value) => stepRecord(value, [value])),
      150,
    );
    expect(grown.stepsPerRow).toBe(16);
    expect(grown.mean.weightNorm[0]).toBeCloseTo(8.5, 5);
    expect(grown.mean.weightNorm[1]).toBeCloseTo(18.5, 5);
    expect([grown.low.weightNorm[0], grown.high.weightNorm[1]]).toEqual([1, 20]);
  });
});

describe('the memory of a history', () => {
  const bytes = (history: History) => {
    const arrays = new Set([history.mean, history.low, history.high].flatMap((part) => Object.values(part)));
    return [...arrays].reduce((sum, array) => sum + array.byteLength, 0);
  };

  it('of 10,000 steps of 56 layers is 13 MB, each step exact', () => {
    const last = stepRecord(
      10_000,
      Array.from({ length: 56 }, () => 1),
    );
    const empty = emptyHistory(56, 10_000);
    const history = withSteps(empty, [last]);
    expect(history.stepsPerRow).toBe(1);
    expect(history.mean.weightNorm).toBe(empty.mean.weightNorm);
    expect(bytes(history)).toBe(10_000 * 56 * 6 * 4);
  });

  it('stays within its share for the deepest networks', () => {
    const last = stepRecord(
      10_000,
      Array.from({ length: 200 }, () => 1),
    );
    expect(bytes(emptyHistory(200, 10_000))).toBeLessThanOrEqual(HISTORY_BYTES);
    expect(bytes(withSteps(emptyHistory(200, 10_000), [last]))).toBeLessThanOrEqual(HISTORY_BYTES);
    expect(4 * HISTORY_BYTES).toBeLessThan(150e6);
  });
});

describe('the extent of a history', () => {
  it('is that of the positive finite values of every step, whatever was binned', () => {
    const history = recorded([3, 0, Number.NaN, 0.5, Number.POSITIVE_INFINITY, 7, ...ramp.slice(6)], 400);
    expect(history.extents.weightNorm).toEqual({ low: 0.5, high: 20 });
    expect(emptyHistory(1).extents.weightNorm).toEqual({ low: Number.POSITIVE_INFINITY, high: 0 });
  });
});
