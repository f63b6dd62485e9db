import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../records/records.ts';
import { appendRecords, emptyRun } from '../../records/run.ts';
import { layerValues, measuredAt, stepShown } from './values.ts';

/** A step of two layers in which every quantity of a layer is its index plus the step. */
function stepRecord(step: number): StepRecord {
  const column = Float32Array.of(step, step + 1);
  return {
    type: 'step',
    network: 'a',
    step,
    loss: 2,
    learningRate: 0.1,
    layers: {
      signalGradient: column,
      weightGradient: column,
      weightNorm: column,
      relativeUpdate: column,
      responseStd: column,
      deadFraction: column,
    },
    overflow: null,
  };
}

const run = appendRecords(emptyRun(['conv 1', 'classifier']), [stepRecord(1), stepRecord(2), stepRecord(3)]);

describe('the step on view', () => {
  it('is the newest unless another is looked at', () => {
    expect(stepShown(run, null)).toBe(3);
    expect(stepShown(run, 2)).toBe(2);
    expect(stepShown(undefined, 2)).toBe(0);
  });

  it('of a network that stopped is its last', () => {
    expect(stepShown(run, 9)).toBe(3);
  });
});

describe('what was measured', () => {
  it('is read from the row of its step', () => {
    expect(layerValues(measuredAt(run, 2, 2), 1)).toMatchObject({ weightGradient: 3, deadFraction: 3 });
  });

  it('is nothing before the first step, for a layer without weights, and of a network that was edited', () => {
    expect(measuredAt(run, 0, 2)).toBeNull();
    expect(layerValues(measuredAt(run, 2, 2), null)).toBeNull();
    expect(measuredAt(run, 2, 5)).toBeNull();
  });
});
