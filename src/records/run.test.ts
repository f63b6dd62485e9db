import { describe, expect, it } from 'vitest';
import type { Overflow, StepRecord } from './records.ts';
import { appendRecords, diedAt, emptyRun, measurementsAt } from './run.ts';
import { stepRecord } from './testRecords.ts';

/** Every value says where it belongs: step + layer / 8, exact in float32. */
function step(at: number, layers: number, overflow: Overflow | null = null): StepRecord {
  const values = Array.from({ length: layers }, (_, layer) => at + layer / 8);
  return stepRecord(at, values, { overflow });
}

const names = ['conv 1', 'conv 2', 'classifier'];

describe('a run', () => {
  it('gives back each step as it was recorded, however often its columns grew', () => {
    let run = emptyRun(names);
    for (let first = 1; first <= 1000; first += 10) {
      run = appendRecords(
        run,
        Array.from({ length: 10 }, (_, i) => step(first + i, 3)),
      );
    }
    expect(run.steps).toBe(1000);
    for (const at of [1, 128, 129, 777, 1000]) {
      expect([...measurementsAt(run, at).signalGradient]).toEqual([at, at + 1 / 8, at + 2 / 8]);
      expect([...measurementsAt(run, at).deadFraction]).toEqual([at, at + 1 / 8, at + 2 / 8]);
      expect(run.loss[at - 1]).toBe(Math.fround(1 / at));
    }
  });

  it('that goes on from a copy forgets what came after the copy', () => {
    const evaluation = (at: number, trainError: number) =>
      ({ type: 'evaluation', network: 'a', step: at, trainError, testError: 1 }) as const;
    const before = appendRecords(emptyRun(names), [
      evaluation(0, 0.9),
      ...[1, 2, 3, 4, 5, 6].map((each) => step(each, 3)),
      evaluation(3, 0.5),
      evaluation(6, 0.4),
    ]);
    const after = appendRecords(before, [step(5, 3), step(6, 3), evaluation(6, 0.3)]);
    expect(after.steps).toBe(6);
    expect(after.evaluations.map(({ step: at, trainError }) => [at, trainError])).toEqual([
      [0, 0.9],
      [3, 0.5],
      [6, 0.3],
    ]);
  });

  it('is replaced by a new object, and the old one still shows what it showed', () => {
    const before = appendRecords(emptyRun(names), [step(1, 3)]);
    const after = appendRecords(before, [step(2, 3)]);
    expect(after).not.toBe(before);
    expect(before.steps).toBe(1);
    expect([...measurementsAt(before, 1).weightNorm]).toEqual([1, 1.125, 1.25]);
  });

  it('keeps evaluations in the order of their steps, even when the first one arrives late', () => {
    const at = (step: number) =>
      ({ type: 'evaluation', network: 'a', step, trainError: 0.5, testError: 0.25 }) as const;
    const run = appendRecords(appendRecords(emptyRun(names), [at(10)]), [at(0), at(20)]);
    expect(run.evaluations.map(({ step }) => step)).toEqual([0, 10, 20]);
  });

  it('has died where nothing gets past the classifier, from that step on, and not where the loss itself is 0', () => {
    const signal = (at: number, values: readonly number[]) => stepRecord(at, values);
    const alive = [1, 0, 1];
    const dead = [0, 0, 1];
    const empty = emptyRun(names, null, { batch: 256 });
    const died = (...steps: readonly (readonly number[])[]) =>
      diedAt(
        appendRecords(
          empty,
          steps.map((values, index) => signal(index + 1, values)),
        ),
      );
    expect(died(alive, dead, dead)).toBe(2);
    expect(died(dead)).toBe(1);
    expect(died(dead, alive)).toBeNull();
    expect(died(dead, alive, dead)).toBe(3);
    expect(died([0, 0, 0])).toBeNull();
    expect(died([0, 0, Number.NaN])).toBeNull();
    const later = appendRecords(appendRecords(empty, [signal(1, alive), signal(2, dead)]), [signal(3, dead)]);
    expect(diedAt(later)).toBe(2);
    // Going on from a copy, what came after the copy is made anew.
    expect(diedAt(appendRecords(later, [signal(2, alive), signal(3, dead)]))).toBe(3);
    expect(diedAt(appendRecords(later, [signal(3, dead)]))).toBe(2);
    expect(diedAt(appendRecords(emptyRun(['classifier'], null, { batch: 256 }), [signal(1, [1])]))).toBeNull();
  });

  it('has not died where a few images give it no gradient', () => {
    const silent = Array.from({ length: 8 }, (_, at) => stepRecord(at + 2, [0, 0, 1]));
    let run = appendRecords(emptyRun(names, null, { batch: 32 }), [stepRecord(1, [1, 0, 1])]);
    const found = silent.map((step) => {
      run = appendRecords(run, [step]);
      return diedAt(run);
    });
    // By the last of them, as many as 256 have given none.
    expect(found).toEqual([...Array(7).fill(null), 2]);
    const ofAll = emptyRun(names, null, { batch: 32, train: 100 });
    expect(diedAt(appendRecords(ofAll, silent.slice(0, 3)))).toBeNull();
    expect(diedAt(appendRecords(ofAll, silent.slice(0, 4)))).toBe(2);
    expect(diedAt(appendRecords(run, [stepRecord(10, [1, 0, 1])]))).toBeNull();
  });

  it('names the step and the layer of an overflow', () => {
    const run = appendRecords(emptyRun(names), [step(1, 3), step(2, 3, { where: 'activation', layer: 1 })]);
    expect(run.overflow).toEqual({ where: 'activation', layer: 1, step: 2 });
  });
});
