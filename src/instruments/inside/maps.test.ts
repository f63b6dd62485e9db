import { describe, expect, test } from 'vitest';
import {
  cornerOf,
  indexOf,
  mapsAxis,
  mapsLayout,
  movedIn,
  placeAt,
  placeText,
  summarySentence,
  valueText,
} from './maps.ts';
import type { ActivationMaps, InsideReport } from './report.ts';

/** Two channels of 2×3 values: 0 … 5, and their negatives. */
const values = Float32Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? Math.floor(i / 2) : -Math.floor(i / 2)));
const maps: ActivationMaps = { values, height: 2, width: 3, channels: 2 };
const dense: ActivationMaps = { values: Float32Array.of(1, 2, 3), height: 1, width: 1, channels: 3 };

const report: InsideReport = {
  ...{ step: 9, images: 1, done: 1, planned: 1, image: 3, layer: 0, at: 'output', size: 1 },
  ...{ pixels: Uint8Array.of(0), probabilities: [1], labels: Uint8Array.of(0), maps },
};

describe('The layout of maps', () => {
  test('makes values as large as the room allows', () => {
    // Side by side: (130 − 4) / 6 = 21 across. One below the other: (60 − 4) / 4 = 14 down.
    expect(mapsLayout({ width: 130, height: 60 }, maps)).toEqual({ columns: 2, rows: 1, cell: 21, gap: 4 });
    expect(mapsLayout({ width: 60, height: 130 }, maps)).toMatchObject({ columns: 1, rows: 2, cell: 20 });
  });

  test('lays the units of a dense layer out as a strip', () => {
    expect(mapsLayout({ width: 600, height: 300 }, dense)).toMatchObject({ columns: 3, rows: 1, cell: 32 });
  });

  test('has no cells of negative size, however small the plot', () => {
    // The gaps between 64 maps alone are wider than two pixels, in any number of columns.
    expect(mapsLayout({ width: 2, height: 2 }, { height: 7, width: 7, channels: 64 }).cell).toBe(0);
  });
});

describe('Maps', () => {
  const layout = mapsLayout({ width: 130, height: 60 }, maps);

  test('are read where the pointer is', () => {
    expect(cornerOf(layout, maps, 1)).toEqual({ x: 67, y: 0 });
    expect(placeAt(layout, maps, 67 + 22, 41)).toEqual({ channel: 1, row: 1, column: 1 });
    // In the gap: the nearest value of the map before it.
    expect(placeAt(layout, maps, 65, 5)).toEqual({ channel: 0, row: 0, column: 2 });
    expect(placeAt(layout, maps, 65, 59)).toBeNull();
    expect(placeAt(layout, maps, 134, 5)).toBeNull();
    expect(valueText(maps, { channel: 1, row: 1, column: 1 })).toBe('−4.00');
    expect(indexOf(maps, { channel: 1, row: 1, column: 1 })).toBe(9);
  });

  test('are read by keys, from map to map', () => {
    const at = { channel: 0, row: 1, column: 2 };
    expect(movedIn(layout, maps, at, 'ArrowRight')).toEqual({ channel: 1, row: 1, column: 0 });
    expect(movedIn(layout, maps, at, 'ArrowDown')).toEqual(at);
    expect(movedIn(layout, maps, { channel: 1, row: 0, column: 0 }, 'ArrowLeft')).toEqual({ ...at, row: 0 });
    expect(movedIn({ ...layout, columns: 1 }, maps, at, 'ArrowDown')).toEqual({ channel: 1, row: 0, column: 2 });
    expect(movedIn({ ...layout, columns: 1 }, maps, at, 'ArrowRight')).toEqual(at);
    expect(movedIn(layout, maps, at, 'PageDown')).toEqual({ ...at, channel: 1 });
    expect(movedIn(layout, maps, at, 'End')).toEqual({ channel: 1, row: 1, column: 2 });
    expect(movedIn(layout, maps, at, 'x')).toBeNull();
  });

  test('share one scale with 0 on it, and say their extent', () => {
    expect(mapsAxis(maps)).toEqual({ kind: 'linear', min: -6, max: 6 });
    expect(mapsAxis(dense)).toEqual({ kind: 'linear', min: 0, max: 3 });
    expect(mapsAxis({ ...dense, values: new Float32Array(3) })).toEqual({ kind: 'linear', min: 0, max: 1 });
    expect(mapsAxis({ ...dense, values: Float32Array.of(Number.NaN, 2, 2) })).toEqual({
      kind: 'linear',
      min: 0,
      max: 2,
    });
    expect(summarySentence('Plain 8', 'conv 1', report)).toBe(
      'At step 9, the activations of conv 1 in Plain 8 for test image 4 go from −5.00 to 5.00; 16.7% of them are 0.',
    );
    const { NaN: none, POSITIVE_INFINITY: infinity } = Number;
    const some = { ...dense, values: Float32Array.of(none, -2, 0, infinity) };
    expect(summarySentence('Plain 8', 'conv 1', { ...report, maps: some })).toMatch(
      /go from −2.00 to 0; 25.0% of them are 0, and 50.0% are NaN or infinite\.$/,
    );
    const all = { ...dense, values: Float32Array.of(none, infinity, none) };
    expect(summarySentence('Plain 8', 'conv 1', { ...report, maps: all })).toMatch(/4 are all NaN or infinite\.$/);
    expect(placeText(dense, { channel: 2, row: 0, column: 0 })).toBe('unit 3');
  });
});
