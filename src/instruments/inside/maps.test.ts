import { describe, expect, test } from 'vitest';
import { colorOf } from '../../plot/color.ts';
import { indexOf, mapsAxis, mapsPixels, movedIn, nearestPlace, placeText, summarySentence, valueText } from './maps.ts';
import type { ActivationMaps, InsideReport } from './report.ts';

/** Two channels of 2×3 values: 0 … 5, and their negatives. */
const values = Float32Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? Math.floor(i / 2) : -Math.floor(i / 2)));
const maps: ActivationMaps = { values, height: 2, width: 3, channels: 2 };
const dense: ActivationMaps = { values: Float32Array.of(1, 2, 3), height: 1, width: 1, channels: 3 };

const report: InsideReport = {
  ...{ step: 9, images: 1, done: 1, planned: 1, image: 3, layer: 0, at: 'output', size: 1 },
  ...{ pixels: Uint8Array.of(0), probabilities: [1], labels: Uint8Array.of(0), maps },
};

describe('Maps', () => {
  test('are read at the nearest value', () => {
    expect(nearestPlace(maps, { channel: 1, row: 0.6, column: 2.7 })).toEqual({ channel: 1, row: 1, column: 2 });
    expect(nearestPlace(dense, { channel: 7, row: 4, column: -1 })).toEqual({ channel: 2, row: 0, column: 0 });
    expect(valueText(maps, { channel: 1, row: 1, column: 1 })).toBe('−4.00');
    expect(indexOf(maps, { channel: 1, row: 1, column: 1 })).toBe(9);
  });

  test('are read by keys, from map to map', () => {
    const at = { channel: 0, row: 1, column: 2 };
    expect(movedIn(2, maps, at, 'ArrowRight')).toEqual({ channel: 1, row: 1, column: 0 });
    expect(movedIn(2, maps, at, 'ArrowDown')).toEqual(at);
    expect(movedIn(2, maps, { channel: 1, row: 0, column: 0 }, 'ArrowLeft')).toEqual({ ...at, row: 0 });
    expect(movedIn(1, maps, at, 'ArrowDown')).toEqual({ channel: 1, row: 0, column: 2 });
    expect(movedIn(1, maps, at, 'ArrowRight')).toEqual(at);
    expect(movedIn(2, maps, at, 'PageDown')).toEqual({ ...at, channel: 1 });
    expect(movedIn(2, maps, at, 'End')).toEqual({ channel: 1, row: 1, column: 2 });
    expect(movedIn(2, maps, at, 'x')).toBeNull();
  });

  test('are coloured channel by channel', () => {
    const axis = mapsAxis(maps);
    const pixels = mapsPixels(maps, axis);
    // The first value of the second channel is 0, its last −5.
    expect([...pixels.subarray(4 * 6, 4 * 6 + 3)]).toEqual(colorOf(axis, 0));
    expect([...pixels.subarray(4 * 11, 4 * 11 + 4)]).toEqual([...colorOf(axis, -5), 255]);
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
