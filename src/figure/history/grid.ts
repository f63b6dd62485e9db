/**
 * Binning of a layer × step history into the cells of a heat map. Where there are more steps than
 * columns, or more layers than rows, every value counts in the mean of its cell: none is dropped.
 * Cells are sums, so that new steps are added without looking at the old ones again.
 */
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
export function clearColumns({ binning, sums, counts, zeros, notFinite }: Grid, from: number): void {
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
