/**
 * Painting of the heat map: one canvas pixel a cell, scaled up without smoothing by the browser. New
 * steps repaint only the columns they fall in.
 */
import type { ValueAxis } from '../scale/axis.ts';
import { colorOf } from '../scale/colors.ts';
import { addSteps, type Binning, cellValue, emptyGrid, type Grid, type Rows } from './grid.ts';

/** What is to be on the canvas. */
export interface Picture {
  readonly rows: Rows;
  readonly steps: number;
  readonly axis: ValueAxis;
  readonly binning: Binning;
}

/** What is on it, and the sums that it was painted from. */
export interface Painted {
  readonly picture: Picture;
  readonly grid: Grid;
}

function sameBinning(one: Binning, other: Binning): boolean {
  return (
    one.columns === other.columns &&
    one.rows === other.rows &&
    one.stepsPerColumn === other.stepsPerColumn &&
    one.layersPerRow === other.layersPerRow
  );
}

/** Whether the old sums hold the beginning of the new picture. */
function continues(old: Picture, next: Picture): boolean {
  return (
    old.rows.values === next.rows.values &&
    old.rows.layers === next.rows.layers &&
    // A row that steps share changes until it is full.
    next.rows.stepsPerRow === 1 &&
    old.steps <= next.steps &&
    old.axis.kind === next.axis.kind &&
    sameBinning(old.binning, next.binning)
  );
}

function sameAxis(one: ValueAxis, other: ValueAxis): boolean {
  return one.min === other.min && one.max === other.max;
}

/** The colours of some columns, row-major RGBA; cells without data stay transparent. */
export function columnPixels(grid: Grid, axis: ValueAxis, from: number, to: number): Uint8ClampedArray<ArrayBuffer> {
  const { rows } = grid.binning;
  const pixels = new Uint8ClampedArray((to - from) * rows * 4);
  for (let row = 0; row < rows; row++) {
    for (let column = from; column < to; column++) {
      const value = cellValue(grid, row, column);
      if (value !== 'empty') pixels.set([...colorOf(axis, value), 255], (row * (to - from) + column - from) * 4);
    }
  }
  return pixels;
}

/** Brings the canvas up to date, doing no more than what changed since it was painted last. */
export function paint(canvas: HTMLCanvasElement, old: Painted | null, picture: Picture): Painted {
  const { binning, rows, steps, axis } = picture;
  const kept = old !== null && continues(old.picture, picture) ? old : null;
  const grid = kept?.grid ?? emptyGrid(binning, axis.kind);
  const done = kept?.picture.steps ?? 0;
  addSteps(grid, rows, done, steps);
  const isAnew = kept === null || !sameAxis(kept.picture.axis, axis);
  if (kept === null) {
    // Setting the size also clears the canvas.
    canvas.width = binning.columns;
    canvas.height = binning.rows;
  }
  const from = isAnew ? 0 : Math.floor(done / binning.stepsPerColumn);
  const to = Math.ceil(steps / binning.stepsPerColumn);
  if (to > from && binning.rows > 0) {
    const image = new ImageData(columnPixels(grid, axis, from, to), to - from, binning.rows);
    canvas.getContext('2d')?.putImageData(image, from, 0);
  }
  return { picture, grid };
}
