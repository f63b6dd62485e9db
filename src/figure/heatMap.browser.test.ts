import { expect, test } from 'vitest';
import type { ValueAxis } from '../plot/axis.ts';
import { binning, type Painted, paint } from './heatMap.ts';

const axis: ValueAxis = { kind: 'log', min: 1e-6, max: 1 };
const layers = 7;
const values = Float32Array.from({ length: 30 * layers }, (_, i) => 10 ** -((i * 13) % 6));

function pixels(canvas: HTMLCanvasElement): number[] {
  const context = canvas.getContext('2d');
  return context ? [...context.getImageData(0, 0, canvas.width, canvas.height).data] : [];
}

/** Paints the states one after the other on one canvas. */
function painted(
  states: readonly { steps: number; axis: ValueAxis; values: Float32Array }[],
  stepsPerRow = 1,
  most?: number,
): number[] {
  const canvas = document.createElement('canvas');
  let last: Painted | null = null;
  for (const { values, ...state } of states) {
    const rows = { values, layers, stepsPerRow };
    do last = paint(canvas, last, { ...state, rows, binning: binning(30, layers, 10, 7) }, most);
    while (last.picture.steps < state.steps);
  }
  return pixels(canvas);
}

test('A history painted step by step looks like one painted at once', () => {
  const growing = [1, 2, 4, 9, 30].map((steps) => ({ steps, axis, values }));
  const atOnce = painted([{ steps: 30, axis, values }]);
  expect(painted(growing)).toEqual(atOnce);
  expect(atOnce.every((channel, index) => index % 4 !== 3 || channel === 255)).toBe(true);
});

test.each([1, 8])('A history taken in in pieces looks like one painted at once, %d steps a row', (stepsPerRow) => {
  const atOnce = painted([{ steps: 30, axis, values }], stepsPerRow);
  for (const most of [1, 3 * layers, 29 * layers]) {
    expect(painted([{ steps: 30, axis, values }], stepsPerRow, most)).toEqual(atOnce);
  }
});

test('A piece is no longer than asked for', () => {
  const picture = { rows: { values, layers, stepsPerRow: 1 }, steps: 30, axis, binning: binning(30, layers, 10, 7) };
  const canvas = document.createElement('canvas');
  const first = paint(canvas, null, picture, 10 * layers);
  expect(first.picture.steps).toBe(10);
  expect(paint(canvas, first, picture, 15 * layers).picture.steps).toBe(25);
});

test('A wider axis repaints what was there', () => {
  const wide: ValueAxis = { ...axis, min: 1e-12 };
  const states = [
    { steps: 10, axis, values },
    { steps: 12, axis: wide, values },
  ];
  expect(painted(states)).toEqual(painted([{ steps: 12, axis: wide, values }]));
});

test('A new run starts on an empty canvas', () => {
  const other = values.map((value) => value / 2);
  const first = { steps: 10, axis, values };
  for (const steps of [3, 20]) {
    const next = { steps, axis, values: other };
    expect(painted([first, next])).toEqual(painted([next]));
  }
});

test('Where steps share a row, the last row is painted anew as it changes', () => {
  const [half, full] = [0.5, 1].map((share) => values.map((value, at) => (at < 2 * layers ? value : share * value)));
  if (!half || !full) throw new Error('two states');
  const canvas = document.createElement('canvas');
  const shared = values.slice(0, 4 * layers);
  let last: Painted | null = null;
  for (const [steps, row] of [
    [17, half],
    [22, full],
  ] as const) {
    shared.set(row.subarray(2 * layers, 3 * layers), 2 * layers);
    const rows = { values: shared, layers, stepsPerRow: 8 };
    last = paint(canvas, last, { steps, axis, rows, binning: binning(30, layers, 10, 7) });
  }
  expect(pixels(canvas)).toEqual(painted([{ steps: 22, axis, values: shared }], 8));
});
