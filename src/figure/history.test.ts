import { describe, expect, test } from 'vitest';
import type { ValueAxis } from '../plot/axis.ts';
import { colorOf, notFiniteColor, shade, zeroColor } from '../plot/color.ts';
import { emptyHistory, withSteps } from '../records/history.ts';
import { appendRecords, emptyRun } from '../records/run.ts';
import { stepRecord } from '../records/testRecords.ts';
import { addSteps, binning, cellValue, columnPixels, emptyGrid } from './heatMap.ts';
import { cellAt, cellSteps, cellText, tableOf } from './historyCells.ts';

const axis: ValueAxis = { kind: 'log', min: 1e-4, max: 1 };

describe('The bins of a heat map', () => {
  test('hold one value each while there is room', () => {
    expect(binning(100, 38, 300, 160)).toEqual({ stepsPerColumn: 1, columns: 100, layersPerRow: 1, rows: 38 });
  });

  test('hold equal numbers of steps and layers where there is not', () => {
    expect(binning(1000, 110, 300, 100)).toEqual({ stepsPerColumn: 4, columns: 250, layersPerRow: 2, rows: 55 });
  });

  test('survive a plot of no size', () => {
    expect(binning(10, 4, 0, 0)).toEqual({ stepsPerColumn: 10, columns: 1, layersPerRow: 4, rows: 1 });
  });
});

describe('A cell', () => {
  /** Two layers, four steps, two steps a column. */
  const history = [1e-2, 0, 1e-4, 0, 1, Number.NaN, 0, 5];
  const grid = emptyGrid(binning(4, 2, 2, 2), 'log');
  const rows = { values: history, layers: 2, stepsPerRow: 1 };
  addSteps(grid, rows, 0, 1);
  addSteps(grid, rows, 1, 4);

  test('is the geometric mean of its values', () => {
    expect(cellValue(grid, 0, 0)).toBeCloseTo(1e-3, 12);
  });

  test('is zero only if all its values are, and not finite if any is', () => {
    expect(cellValue(grid, 1, 0)).toBe(0);
    expect(cellValue(grid, 0, 1)).toBe(1);
    expect(cellValue(grid, 1, 1)).toBeNaN();
  });

  test('of a linear quantity is the mean, zeros included', () => {
    const linear = emptyGrid(binning(2, 1, 1, 1), 'linear');
    addSteps(linear, { values: [0, 0.5], layers: 1, stepsPerRow: 1 }, 0, 2);
    expect(cellValue(linear, 0, 0)).toBe(0.25);
  });

  test('counts a value that steps share once for each of them', () => {
    const shared = emptyGrid(binning(4, 1, 1, 1), 'linear');
    addSteps(shared, { values: [1, 4], layers: 1, stepsPerRow: 3 }, 0, 4);
    expect(cellValue(shared, 0, 0)).toBe((3 * 1 + 4) / 4);
  });

  test('without values is empty', () => {
    expect(cellValue(emptyGrid(binning(1, 1, 1, 1), 'log'), 0, 0)).toBe('empty');
  });
});

describe('Colours', () => {
  test('run over the axis, from dark to light', () => {
    expect(colorOf(axis, 1e-4)).toEqual(shade(0));
    expect(colorOf(axis, 1)).toEqual(shade(1));
    // The ends of matplotlib's viridis, #440154 and #fde725.
    expect(shade(0)).toEqual([0x44, 0x01, 0x54]);
    expect(shade(1)).toEqual([0xfd, 0xe7, 0x25]);
  });

  test('set zero and what is not finite apart', () => {
    expect(colorOf(axis, 0)).toEqual(zeroColor);
    expect(colorOf(axis, Number.POSITIVE_INFINITY)).toEqual(notFiniteColor);
  });

  test('leave cells without data transparent', () => {
    const grid = emptyGrid(binning(2, 1, 2, 1), 'log');
    addSteps(grid, { values: [1], layers: 1, stepsPerRow: 1 }, 0, 1);
    expect([...columnPixels(grid, axis, 0, 2)]).toEqual([0xfd, 0xe7, 0x25, 255, 0, 0, 0, 0]);
  });
});

describe('Reading a history', () => {
  const run = appendRecords(emptyRun(['conv 1', 'dense']), [stepRecord(1, [1, 2]), stepRecord(2, [3, 4])]);

  test('gives the exact value of a layer at a step', () => {
    expect(cellAt(run, 'weightGradient', 2, 0)).toEqual({
      step: 2,
      layer: 0,
      layerName: 'conv 1',
      value: 3,
      shared: null,
    });
    expect(cellAt(run, 'weightGradient', 3, 0)).toBeNull();
    expect(cellAt(run, 'weightGradient', 1, 2)).toBeNull();
  });

  test('gives mean and range where steps share a row, and says which they are', () => {
    const records = Array.from({ length: 20 }, (_, index) => stepRecord(index + 1, [index + 1]));
    const history = withSteps(emptyHistory(1), records, 400);
    const long = { ...emptyRun(['conv 1']), steps: 20, history };
    const cell = cellAt(long, 'weightGradient', 3, 0);
    expect(cell).toMatchObject({ value: 4.5, shared: { from: 1, to: 8, low: 1, high: 8 } });
    expect(cell && [cellSteps(cell), cellText(cell)]).toEqual(['steps 1–8', 'mean 4.50 (1.00 to 8.00)']);
    expect(tableOf(long, 'weightGradient').columns).toEqual([
      'step',
      'conv 1: mean',
      'conv 1: lowest',
      'conv 1: highest',
    ]);
    expect(tableOf(long, 'weightGradient').rows.at(-1)).toEqual(['17–20', 18.5, 17, 20]);
  });
});
