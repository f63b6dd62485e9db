import { describe, expect, test } from 'vitest';
import { appendRecords, emptyRun } from '../records/run.ts';
import { stepRecord } from '../records/testRecords.ts';
import { logAxis, quantityAxis } from './axis.ts';

/** A run of one step that measured the same values of everything. */
function runOf(...values: number[]) {
  return appendRecords(emptyRun(values.map(String)), [stepRecord(1, values)]);
}

describe('The axis of a quantity', () => {
  test('spans the whole decades that hold the values', () => {
    expect(logAxis(3e-7, 0.2)).toEqual({ kind: 'log', min: 1e-7, max: 1 });
    expect(logAxis(1e-5, 1e2)).toEqual({ kind: 'log', min: 1e-5, max: 1e2 });
  });

  test('spans at least four decades, however alike the values are', () => {
    expect(logAxis(0.02, 0.03)).toEqual({ kind: 'log', min: 1e-5, max: 1e-1 });
  });

  test('ends at 10⁻¹² and 10⁶', () => {
    expect(logAxis(1e-30, 1e20)).toEqual({ kind: 'log', min: 1e-12, max: 1e6 });
    expect(logAxis(1e-30, 1e-20)).toEqual({ kind: 'log', min: 1e-12, max: 1e-8 });
    expect(logAxis(1e20, 1e30)).toEqual({ kind: 'log', min: 1e2, max: 1e6 });
  });

  test('is shared by all networks, and ignores zeros and what is not finite', () => {
    const runs = [runOf(2e-5, 0), null, runOf(50, Number.POSITIVE_INFINITY, Number.NaN), undefined];
    expect(quantityAxis('weightGradient', runs)).toEqual({ kind: 'log', min: 1e-5, max: 1e2 });
  });

  test('holds every step so far, and is told by the run: no step is looked at twice', () => {
    const run = appendRecords(runOf(1e-3, 1), [stepRecord(2, [30, 0])]);
    run.history.mean.weightGradient.fill(1e-9);
    expect(quantityAxis('weightGradient', [run])).toEqual({ kind: 'log', min: 1e-3, max: 1e2 });
  });

  test('is linear from 0 for shares and standard deviations', () => {
    expect(quantityAxis('deadFraction', [runOf(0.1)])).toEqual({ kind: 'linear', min: 0, max: 1 });
    expect(quantityAxis('responseStd', [runOf(0.1, 1.7)])).toEqual({ kind: 'linear', min: 0, max: 2 });
  });

  test('of standard deviations counts in decades where one value would flatten the others', () => {
    expect(quantityAxis('responseStd', [runOf(0.05, 460)])).toEqual({ kind: 'log', min: 0.01, max: 1000 });
    expect(quantityAxis('responseStd', [runOf(0.1, 10)])).toEqual({ kind: 'linear', min: 0, max: 10 });
  });

  test('stands before anything is measured', () => {
    expect(quantityAxis('signalGradient', [])).toEqual({ kind: 'log', min: 1e-6, max: 10 });
    expect(quantityAxis('responseStd', [runOf(0)])).toEqual({ kind: 'linear', min: 0, max: 1 });
  });
});
