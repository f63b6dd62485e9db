import { describe, expect, test } from 'vitest';
import type { ChartNetwork } from '../../plot/looks.ts';
import { emptyRun } from '../../records/run.ts';
import { errorAxis, linePath, lossAxis, lossPoints, lossTicks, percentTicks, stepTicks, toY } from './curves.ts';
import { newestOfAll } from './reading.ts';

const area = { left: 0, right: 100, top: 0, bottom: 50 };
const unit = { kind: 'linear', min: 0, max: 1 } as const;

function runWith(...loss: number[]) {
  return { ...emptyRun(['conv 1']), steps: loss.length, loss: Float32Array.from([...loss, 1e9]) };
}

describe('The axis of errors', () => {
  test('ends at the lowest round percentage that holds them all', () => {
    expect(errorAxis([0.05, 0.38]).max).toBe(0.4);
    expect(errorAxis([0.9, Number.NaN]).max).toBe(1);
    expect(errorAxis([0.02]).max).toBe(0.1);
  });

  test('goes to 100 % before there are any', () => {
    expect(errorAxis([]).max).toBe(1);
  });

  test('has ticks at both ends and equal steps between, as many as fit', () => {
    expect(percentTicks(unit, 5).map((tick) => tick.label)).toEqual(['0%', '25%', '50%', '75%', '100%']);
    expect(percentTicks(unit, 3).map((tick) => tick.label)).toEqual(['0%', '50%', '100%']);
    expect(percentTicks({ ...unit, max: 0.6 }, 4).map((tick) => tick.at)).toEqual([0, 1 / 3, 2 / 3, 1]);
    expect(percentTicks({ ...unit, max: 0.6 }, 2).map((tick) => tick.label)).toEqual(['0%', '60%']);
  });
});

describe('The axis of losses', () => {
  test('is linear from 0 to a round number, or spans whole decades', () => {
    const runs = [runWith(2.3, 1.2), runWith(2.1, 0.4)];
    expect(lossAxis(runs, 'linear')).toEqual({ kind: 'linear', min: 0, max: 2.5 });
    expect(lossAxis(runs, 'log')).toEqual({ kind: 'log', min: 0.1, max: 10 });
  });

  test('holds an explosion, but not what is no number', () => {
    expect(lossAxis([runWith(6, 5e30, Number.NaN, Number.POSITIVE_INFINITY)], 'log').max).toBe(1e31);
  });

  test('is there without any loss', () => {
    expect(lossAxis([], 'linear')).toEqual({ kind: 'linear', min: 0, max: 3 });
    expect(lossAxis([], 'log')).toEqual({ kind: 'log', min: 0.1, max: 10 });
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

describe('A curve', () => {
  test('goes through its points', () => {
    const points = [
      { x: 0, y: 1 },
      { x: 50, y: 0.5 },
      { x: 100, y: 0 },
    ];
    expect(linePath(points, 100, unit, area)).toBe('M0,0L50,25L100,50');
  });

  test('breaks where a value is not finite, and never says NaN', () => {
    const ys = [1, Number.NaN, 0, Number.POSITIVE_INFINITY];
    const path = linePath(
      ys.map((y, x) => ({ x, y })),
      10,
      unit,
      area,
    );
    expect(path).toBe('M0,0ZM20,50Z');
  });

  test('of no points is empty', () => {
    expect(linePath([], 100, unit, area)).toBe('');
  });

  test('has no place for zero on a log axis', () => {
    expect(toY({ kind: 'log', min: 0.1, max: 10 }, area, 0)).toBeNull();
    expect(toY({ kind: 'log', min: 0.1, max: 10 }, area, 1)).toBe(25);
  });

  test('of losses stands at steps counted from 1, recorded ones only', () => {
    expect(lossPoints(runWith(2, 1), 100)).toEqual([
      { x: 1, y: 2 },
      { x: 2, y: 1 },
    ]);
  });
});

test('Steps are ticked at whole numbers', () => {
  expect(stepTicks(3, 10).map((tick) => tick.label)).toEqual(['0', '1', '2', '3']);
  expect(stepTicks(2000, 4).map((tick) => tick.label)).toEqual(['0', '500', '1,000', '1,500', '2,000']);
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
