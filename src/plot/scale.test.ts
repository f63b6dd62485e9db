import { describe, expect, test } from 'vitest';
import type { ValueAxis } from './axis.ts';
import {
  type Axis,
  axisTicks,
  errorRange,
  percentTicks,
  place,
  placeAxis,
  positionAxis,
  rowAxis,
  scaleOf,
  stepAxis,
  valueAxis,
} from './scale.ts';

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

const unit = { kind: 'linear', min: 0, max: 1 } as const;

describe('The axis of errors', () => {
  test('ends at the lowest round percentage that holds them all', () => {
    expect(errorRange([0.05, 0.38]).max).toBe(0.4);
    expect(errorRange([0.9, Number.NaN]).max).toBe(1);
    expect(errorRange([0.02]).max).toBe(0.1);
  });

  test('goes to 100 % before there are any', () => {
    expect(errorRange([]).max).toBe(1);
  });

  test('has ticks at both ends and equal steps between, as many as fit', () => {
    expect(percentTicks(unit, 5).map((tick) => tick.label)).toEqual(['0%', '25%', '50%', '75%', '100%']);
    expect(percentTicks(unit, 3).map((tick) => tick.label)).toEqual(['0%', '50%', '100%']);
    expect(percentTicks({ ...unit, max: 0.6 }, 4).map((tick) => tick.at)).toEqual([0, 1 / 3, 2 / 3, 1]);
    expect(percentTicks({ ...unit, max: 0.6 }, 2).map((tick) => tick.label)).toEqual(['0%', '60%']);
  });
});

/** The labels of an axis of a length, with a rem of ten pixels. */
function labelsOf(axis: Axis, length: number): string[] {
  return axis.ticks(scaleOf(axis, 0, length), 10).map(({ label }) => label);
}

describe('A scale', () => {
  const decades = valueAxis({ kind: 'log', min: 0.1, max: 10 }, 'loss');

  test('stands between two pixels, and turns a pixel back into a value', () => {
    const up = scaleOf(decades, 50, 0);
    expect([0.1, 1, 10].map(up.px)).toEqual([50, 25, 0]);
    expect([50, 25, 0].map(up.invert)).toEqual([0.1, expect.closeTo(1, 12), 10]);
    const across = scaleOf(stepAxis(200, 'step'), 10, 110);
    expect([0, 50, 200].map(across.px)).toEqual([10, 35, 110]);
    expect([10, 35, 120].map(across.invert)).toEqual([0, 50, expect.closeTo(220, 9)]);
  });

  test('has no pixel for what is not on the axis; where it has to be marked, it is pinned to an end', () => {
    const up = scaleOf(decades, 50, 0);
    expect([0, 0.01, 100, Number.NaN].map(up.px)).toEqual([null, null, null, null]);
    expect([0, 0.01, 100, Number.NaN].map(up.at)).toEqual([
      { px: 50, mark: 'zero' },
      { px: 50, mark: 'below' },
      { px: 0, mark: 'above' },
      { px: 50, mark: 'notFinite' },
    ]);
    expect(scaleOf(stepAxis(4, 'step'), 10, 110).px(0)).toBe(10);
  });
});

describe('An axis', () => {
  test('of steps has whole numbers', () => {
    expect(labelsOf(stepAxis(3, 'step'), 450)).toEqual(['0', '1', '2', '3']);
    expect(labelsOf(stepAxis(2000, 'step'), 180)).toEqual(['0', '500', '1,000', '1,500', '2,000']);
  });

  test('of positions keeps its ends clear of the edges, and begins at 1', () => {
    const positions = scaleOf(positionAxis(11, 'layer'), 0, 116);
    expect([1, 6, 11].map(positions.px)).toEqual([8, 58, 108]);
    expect(positions.invert(58)).toBe(6);
    expect(labelsOf(positionAxis(11, 'layer'), 116)).toEqual(['1', '5', '10']);
    expect(labelsOf(positionAxis(0, 'layer'), 116)).toEqual([]);
  });

  test('of rows goes down from 1 to the last', () => {
    const rows = rowAxis(50, 'layer');
    const scale = scaleOf(rows, 0, 100);
    expect([1, 50].map(scale.px)).toEqual([1, 99]);
    expect(labelsOf(rows, 100).at(0)).toBe('1');
    expect(labelsOf(rows, 100).at(-1)).toBe('50');
    expect(labelsOf(rowAxis(0, 'layer'), 100)).toEqual([]);
    expect(scaleOf(rowAxis(1, 'layer'), 0, 100).px(1)).toBe(50);
  });

  const places = { places: [8, 32, 56], kind: 'linear', name: String } as const;

  test('of places is linear or logarithmic, clear of the edges', () => {
    const scale = scaleOf(placeAxis(places, 'layers'), 0, 124);
    expect([8, 32, 56].map(scale.px)).toEqual([14, 62, 110]);
    expect(scale.invert(62)).toBe(32);
    const rates = scaleOf(placeAxis({ ...places, places: [0.01, 0.1, 1], kind: 'log' }, 'rate'), 0, 124);
    expect([0.01, 0.1, 1].map(rates.px)).toEqual([14, expect.closeTo(62, 9), 110]);
    expect(rates.invert(62)).toBeCloseTo(0.1, 12);
  });

  test('of a single place has it in the middle, the place of the first choice, too', () => {
    for (const at of [20, 0]) {
      expect(scaleOf(placeAxis({ ...places, places: [at] }, 'layers'), 0, 124).px(at)).toBe(62);
    }
  });

  test('of places names those whose names do not touch', () => {
    // A name of two digits takes 0.5 + 2 · 0.5 rem = 15 pixels; 8 and 14 are 12 apart.
    expect(labelsOf(placeAxis({ ...places, places: [8, 14, 56] }, 'layers'), 124)).toEqual(['8', '', '56']);
  });
});
