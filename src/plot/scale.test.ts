import { describe, expect, test } from 'vitest';
import { barRow } from '../figure/bars/rows.ts';
import type { ValueAxis } from './axis.ts';
import { axisTicks, place } from './scale.ts';

const log: ValueAxis = { kind: 'log', min: 1e-6, max: 1e2 };
const linear: ValueAxis = { kind: 'linear', min: 0, max: 4 };

describe('The place of a value', () => {
  test('is its share of the decades on a log axis', () => {
    expect(place(log, 1e-2)).toEqual({ at: 0.5, mark: 'value' });
    expect(place(log, 1e2)).toEqual({ at: 1, mark: 'value' });
  });

  test('is its share of the length on a linear axis', () => {
    expect(place(linear, 3)).toEqual({ at: 0.75, mark: 'value' });
    expect(place({ kind: 'linear', min: -1, max: 4 }, 0)).toEqual({ at: 0.2, mark: 'value' });
  });

  test('is marked where there is no true one', () => {
    expect(place(log, 0)).toEqual({ at: 0, mark: 'zero' });
    expect(place(log, 1e-9)).toEqual({ at: 0, mark: 'below' });
    expect(place(log, 1e3)).toEqual({ at: 1, mark: 'above' });
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(place(log, value)).toEqual({ at: 0, mark: 'notFinite' });
    }
  });
});

describe('A bar', () => {
  const frame = { x: 100, width: 80, rowHeight: 12, gap: 2 };

  test('is as long as its value, and centred in its row', () => {
    expect(barRow(1e-2, log, frame, 3, 36)).toMatchObject({ layer: 3, x: 100, y: 37, width: 40, height: 10 });
  });

  test('has no length where the value has none', () => {
    expect(barRow(0, log, frame)).toMatchObject({ width: 0, mark: 'zero' });
    expect(barRow(Number.NaN, log, frame)).toMatchObject({ width: 0, mark: 'notFinite' });
  });

  test('keeps three quarters of a row of few pixels', () => {
    expect(barRow(1, log, { ...frame, rowHeight: 4 }).height).toBe(3);
  });
});

describe('Ticks', () => {
  test('of a log axis stand on every decade, with a power of ten where there is room', () => {
    const ticks = axisTicks({ kind: 'log', min: 1e-4, max: 1 }, 5);
    expect(ticks.map((tick) => tick.label)).toEqual(['10⁻⁴', '10⁻³', '10⁻²', '10⁻¹', '10⁰']);
    expect(ticks.map((tick) => tick.at)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  test('keep their numbers on the same decades as the axis grows', () => {
    const labels = (min: number) =>
      axisTicks({ kind: 'log', min, max: 1 }, 4)
        .map((tick) => tick.label)
        .filter(Boolean);
    expect(labels(1e-4)).toEqual(['10⁻⁴', '10⁻²', '10⁰']);
    expect(labels(1e-5)).toEqual(['10⁻⁴', '10⁻²', '10⁰']);
    expect(labels(1e-12)).toEqual(['10⁻¹²', '10⁻⁶', '10⁰']);
  });

  test('of a linear axis are round numbers', () => {
    expect(axisTicks({ kind: 'linear', min: 0, max: 1 }, 5).map((tick) => tick.label)).toEqual([
      '0',
      '0.2',
      '0.4',
      '0.6',
      '0.8',
      '1',
    ]);
  });

  test('of a linear axis are hardly more than there is room for', () => {
    for (let labels = 2; labels < 40; labels++) {
      for (const max of [1, 2, 3, 5, 8]) {
        const found = axisTicks({ kind: 'linear', min: 0, max }, labels).length;
        expect(found, `${labels} of 0 to ${max}`).toBeLessThanOrEqual(Math.max(3, 1.25 * labels));
        expect(found).toBeGreaterThan(1);
      }
    }
  });
});
