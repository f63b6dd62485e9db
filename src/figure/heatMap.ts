/**
 * The heat map of a layer × step history. Where there are more steps than columns, or more layers than rows, every value
 * counts in the mean of its cell: none is dropped. Cells are sums, so that new steps are added without looking at the old
 * ones again.
 *
 * One canvas pixel is a cell, scaled up without smoothing by the browser. New steps repaint only the columns they fall in.
 * A long history is taken in in pieces, a frame each, so that opening a view on it does not keep the page from answering.
 */
import type { ValueAxis } from '../plot/axis.ts';
import { colorsOn } from '../plot/color.ts';

/** How steps and layers share cells. */
export interface Binning {
  readonly stepsPerColumn: number;
  readonly columns: number;
  readonly layersPerRow: number;
  readonly rows: number;
}

/** As many cells as there is room for, each of the same number of steps and layers (the last may hold fewer). */
export function binning(steps: number, layers: number, maxColumns: number, maxRows: number): Binning {
  const stepsPerColumn = Math.max(1, Math.ceil(steps / Math.max(1, maxColumns)));
  const layersPerRow = Math.max(1, Math.ceil(layers / Math.max(1, maxRows)));
  return {
    stepsPerColumn,
    columns: Math.ceil(steps / stepsPerColumn),
    layersPerRow,
    rows: Math.ceil(layers / layersPerRow),
  };
}

export interface Grid {
  readonly binning: Binning;
  readonly kind: 'log' | 'linear';
  /** Row-major [row, column]: the sum of log₁₀ of the positive values, or of the values. */
  readonly sums: Float64Array;
  readonly counts: Uint32Array;
  readonly zeros: Uint32Array;
  readonly notFinite: Uint32Array;
}

export function emptyGrid(bins: Binning, kind: 'log' | 'linear'): Grid {
  const cells = bins.columns * bins.rows;
  return {
    binning: bins,
    kind,
    sums: new Float64Array(cells),
    counts: new Uint32Array(cells),
    zeros: new Uint32Array(cells),
    notFinite: new Uint32Array(cells),
  };
}

/** One quantity of every layer. */
export interface Rows {
  /** Row-major [row, layer]. */
  readonly values: ArrayLike<number>;
  readonly layers: number;
  readonly stepsPerRow: number;
}

/**
 * Adds steps to the grid.
 *
 * @param rows steps that share a row count with its value
 * @param from first step to add, counted from 0
 * @param to the step after the last one
 */
export function addSteps(grid: Grid, { values, layers, stepsPerRow }: Rows, from: number, to: number): void {
  const { stepsPerColumn, columns, layersPerRow } = grid.binning;
  for (let step = from; step < to; step++) {
    const column = Math.floor(step / stepsPerColumn);
    const row = Math.floor(step / stepsPerRow);
    for (let layer = 0; layer < layers; layer++) {
      const cell = Math.floor(layer / layersPerRow) * columns + column;
      addValue(grid, cell, values[row * layers + layer] ?? Number.NaN);
    }
  }
}

/** Forgets what was added to a column and to those behind it. */
function clearColumns({ binning, sums, counts, zeros, notFinite }: Grid, from: number): void {
  for (let row = 0; row < binning.rows; row++) {
    const [start, end] = [row * binning.columns + from, (row + 1) * binning.columns];
    for (const cells of [sums, counts, zeros, notFinite]) cells.fill(0, start, end);
  }
}

function add(counts: Float64Array | Uint32Array, cell: number, amount: number): void {
  counts[cell] = (counts[cell] ?? 0) + amount;
}

function addValue(grid: Grid, cell: number, value: number): void {
  if (!Number.isFinite(value)) add(grid.notFinite, cell, 1);
  else if (value === 0 && grid.kind === 'log') add(grid.zeros, cell, 1);
  else {
    add(grid.sums, cell, grid.kind === 'log' ? Math.log10(value) : value);
    add(grid.counts, cell, 1);
  }
}

/** What a cell shows: a value that is not finite outdoes all others, a number outdoes zeros. */
export function cellValue(grid: Grid, row: number, column: number): number | 'empty' {
  const cell = row * grid.binning.columns + column;
  if ((grid.notFinite[cell] ?? 0) > 0) return Number.NaN;
  const count = grid.counts[cell] ?? 0;
  if (count > 0) {
    const mean = (grid.sums[cell] ?? 0) / count;
    return grid.kind === 'log' ? 10 ** mean : mean;
  }
  return (grid.zeros[cell] ?? 0) > 0 ? 0 : 'empty';
}

/** What is to be on the canvas. */
interface Picture {
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
