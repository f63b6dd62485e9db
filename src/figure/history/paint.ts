/**
 * Painting of the heat map: one canvas pixel a cell, scaled up without smoothing by the browser. New
 * steps repaint only the columns they fall in. A long history is taken in in pieces, a frame each, so that opening a view on
 * it does not keep the page from answering.
 */
import type { ValueAxis } from '../../plot/axis.ts';
import { colorsOn } from '../../plot/color.ts';
import { addSteps, type Binning, cellValue, clearColumns, emptyGrid, type Grid, type Rows } from './grid.ts';

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
    old.rows.stepsPerRow === next.rows.stepsPerRow &&
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
  const colored = colorsOn(axis);
  const pixels = new Uint8ClampedArray((to - from) * rows * 4);
  for (let row = 0; row < rows; row++) {
    for (let column = from; column < to; column++) {
      const value = cellValue(grid, row, column);
      if (value === 'empty') continue;
      const at = (row * (to - from) + column - from) * 4;
      [pixels[at], pixels[at + 1], pixels[at + 2]] = colored(value);
      pixels[at + 3] = 255;
    }
  }
  return pixels;
}

/** Values of a piece: some milliseconds' work. */
const PIECE = 2 ** 17;

/** Takes the steps that are new into the sums. @returns the first column that they change */
function takeIn(grid: Grid, { rows, steps, binning }: Picture, done: number): number {
  // A row that steps share changes until it is full: the columns of the last one are summed anew.
  const settled = done - (done % rows.stepsPerRow);
  const column = Math.floor(settled / binning.stepsPerColumn);
  if (settled < done) clearColumns(grid, column);
  addSteps(grid, rows, settled < done ? column * binning.stepsPerColumn : done, steps);
  return column;
}

/**
 * Brings the canvas up to date, doing no more than what changed since it was painted last.
 *
 * @param most values to take in at a time
 * @returns what is on the canvas now: where its steps are fewer than the picture's, it is to be called again
 */
export function paint(canvas: HTMLCanvasElement, old: Painted | null, picture: Picture, most = PIECE): Painted {
  const { binning, axis, rows } = picture;
  const kept = old !== null && continues(old.picture, picture) ? old : null;
  const grid = kept?.grid ?? emptyGrid(binning, axis.kind);
  const done = kept?.picture.steps ?? 0;
  const steps = Math.min(picture.steps, done + Math.max(1, Math.floor(most / rows.layers)));
  const reached = { ...picture, steps };
  const changed = takeIn(grid, reached, done);
  const isAnew = kept === null || !sameAxis(kept.picture.axis, axis);
  if (kept === null) {
    // Setting the size also clears the canvas.
    canvas.width = binning.columns;
    canvas.height = binning.rows;
  }
  const from = isAnew ? 0 : changed;
  const to = Math.ceil(steps / binning.stepsPerColumn);
  if (to > from && binning.rows > 0) {
    const image = new ImageData(columnPixels(grid, axis, from, to), to - from, binning.rows);
    canvas.getContext('2d')?.putImageData(image, from, 0);
  }
  return { picture: reached, grid };
}
