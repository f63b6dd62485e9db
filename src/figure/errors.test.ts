import { describe, expect, test } from 'vitest';
import type { ChartNetwork } from '../plot/looks.ts';
import { emptyRun } from '../records/run.ts';
import { lossPoints, lossRange, lossTicks, newestOfAll } from './errors.ts';

function runWith(...loss: number[]) {
  return { ...emptyRun(['conv 1']), steps: loss.length, loss: Float32Array.from([...loss, 1e9]) };
}

describe('The axis of losses', () => {
  test('is linear from 0 to a round number, or spans whole decades', () => {
    const runs = [runWith(2.3, 1.2), runWith(2.1, 0.4)];
    expect(lossRange(runs, 'linear')).toEqual({ kind: 'linear', min: 0, max: 2.5 });
    expect(lossRange(runs, 'log')).toEqual({ kind: 'log', min: 0.1, max: 10 });
  });

  test('holds an explosion, but not what is no number', () => {
    expect(lossRange([runWith(6, 5e30, Number.NaN, Number.POSITIVE_INFINITY)], 'log').max).toBe(1e31);
  });

  test('is there without any loss', () => {
    expect(lossRange([], 'linear')).toEqual({ kind: 'linear', min: 0, max: 3 });
    expect(lossRange([], 'log')).toEqual({ kind: 'log', min: 0.1, max: 10 });
  });

  test('has plain numbers where they are short', () => {
    expect(lossTicks({ kind: 'log', min: 0.1, max: 10 }, 4).map((tick) => tick.label)).toEqual(['0.1', '1', '10']);
    expect(
      lossTicks({ kind: 'log', min: 1, max: 1e6 }, 9)
        .map((tick) => tick.label)
        .at(-1),
    ).toBe('10⁶');
  });
});

test('The curve of losses stands at steps counted from 1, recorded ones only', () => {
  expect(lossPoints(runWith(2, 1), 100)).toEqual([
    { x: 1, y: 2 },
    { x: 2, y: 1 },
  ]);
});

describe('The step of the figures', () => {
  const network = (id: 'a' | 'b', steps: readonly number[], overflowAt: number | null = null): ChartNetwork => ({
    id,
    name: id,
    run: {
      ...emptyRun(['conv 1']),
      evaluations: steps.map((step) => ({ type: 'evaluation', network: id, step, trainError: 0.5, testError: 0.5 })),
      overflow: overflowAt === null ? null : { where: 'loss', layer: null, step: overflowAt },
    },
  });

  test('is the newest at which every network has one, as they are evaluated one after the other', () => {
    expect(newestOfAll([network('a', [0, 10, 20]), network('b', [0, 10])])).toBe(10);
    expect(newestOfAll([network('a', [0, 10, 20]), network('b', [0, 10, 20])])).toBe(20);
  });

  test('waits for nobody who has diverged, or has not begun', () => {
    expect(newestOfAll([network('a', [0, 10, 20]), network('b', [0], 7)])).toBe(20);
    expect(newestOfAll([network('a', [0]), network('b', [])])).toBe(0);
    expect(newestOfAll([network('a', [0], 3), network('b', [0], 7)])).toBe(7);
    expect(newestOfAll([{ id: 'a', name: 'a', run: null }])).toBeNull();
  });
});
