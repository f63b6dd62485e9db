/**
 * What was measured of every layer, step by step. Each step has a row of its own as long as that fits into the memory
 * that a network may take; beyond, a fixed number of steps shares a row, which holds their mean, lowest and highest value, so
 * that no spike is lost. Where a row holds a number that is not finite, so are its mean and extremes.
 */
import { type LayerMeasurements, type Quantity, quantities, type StepRecord } from './records.ts';

export type Columns = Readonly<Record<Quantity, Float32Array>>;

/** The lowest and the highest positive finite value so far; `low` is infinite and `high` 0 before the first. */
export interface Extent {
  readonly low: number;
  readonly high: number;
}

export interface History {
  readonly layers: number;
  /** Steps that share a row; the last row may hold fewer. */
  readonly stepsPerRow: number;
  /** Row-major [row, layer]. */
  readonly mean: Columns;
  /** Row-major [row, layer]; the same arrays as `mean` while each step has its own row. */
  readonly low: Columns;
  readonly high: Columns;
  /**
   * Steps that were taken in: more than the run shows where it goes on from a copy. Where steps share rows, those that
   * come again are not taken in again.
   */
  readonly taken: number;
  /** The newest step, exactly; null before the first. */
  readonly newest: LayerMeasurements | null;
  readonly extents: Readonly<Record<Quantity, Extent>>;
}

/** Four networks side by side stay below 150 MB. A network of 56 layers takes 13 MB for 10,000 steps of their own. */
export const HISTORY_BYTES = 30e6;
const BYTES_PER_VALUE = 4;
/** Mean, lowest and highest. */
const VALUES_PER_BIN = 3;
/** Fewer would save nothing over rows of their own. */
const FIRST_BIN = 8;
/** For a run whose length nobody says. */
const USUAL_STEPS = 128;

function columns<T>(make: (quantity: Quantity) => T): Record<Quantity, T> {
  return Object.fromEntries(quantities.map((quantity) => [quantity, make(quantity)])) as Record<Quantity, T>;
}

const noExtent: Extent = { low: Number.POSITIVE_INFINITY, high: 0 };

/**
 * A history without steps.
 *
 * @param steps that it will probably hold: room for them is made at once, as copying what grows would stop the drawing
 */
export function emptyHistory(layers: number, steps = USUAL_STEPS): History {
  const rows = Math.min(steps, Math.floor(HISTORY_BYTES / bytesOf(layers, 1, 1)));
  const mean = columns(() => new Float32Array(rows * layers));
  return {
    layers,
    stepsPerRow: 1,
    mean,
    low: mean,
    high: mean,
    taken: 0,
    newest: null,
    extents: columns(() => noExtent),
  };
}

/** Bytes of a history of so many steps. */
function bytesOf(layers: number, steps: number, stepsPerRow: number): number {
  const values = stepsPerRow === 1 ? 1 : VALUES_PER_BIN;
  return Math.ceil(steps / stepsPerRow) * layers * quantities.length * values * BYTES_PER_VALUE;
}

/** The smallest bins that fit the memory. */
function binFor({ layers, stepsPerRow }: History, steps: number, budget: number): number {
  let bin = stepsPerRow;
  while (bytesOf(layers, steps, bin) > budget) bin = bin === 1 ? FIRST_BIN : bin * 2;
  return bin;
}

/** What is merged into a bin: the mean and the extremes of some steps. */
interface Part {
  readonly steps: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Takes a part into a value of the history that stands for `held` steps so far. */
function merge({ mean, low, high }: Bins, at: number, held: number, part: Part): void {
  const before = mean[at] ?? 0;
  mean[at] = held === 0 ? part.mean : before + ((part.mean - before) * part.steps) / (held + part.steps);
  low[at] = held === 0 ? part.low : Math.min(low[at] ?? 0, part.low);
  high[at] = held === 0 ? part.high : Math.max(high[at] ?? 0, part.high);
}

/** One quantity of a history. */
interface Bins {
  readonly mean: Float32Array;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

function binsOf({ mean, low, high }: Pick<History, 'mean' | 'low' | 'high'>, quantity: Quantity): Bins {
  return { mean: mean[quantity], low: low[quantity], high: high[quantity] };
}

/** Takes in a step, which is the next one. */
function addStep(history: History, { step, layers: values }: StepRecord): void {
  const row = Math.floor((step - 1) / history.stepsPerRow);
  const held = (step - 1) % history.stepsPerRow;
  for (const quantity of quantities) {
    if (history.stepsPerRow === 1) history.mean[quantity].set(values[quantity], row * history.layers);
    else {
      const bins = binsOf(history, quantity);
      values[quantity].forEach((value, layer) => {
        const part = { steps: 1, mean: value, low: value, high: value };
        merge(bins, row * history.layers + layer, held, part);
      });
    }
  }
}

/** An empty history with room for so many rows. */
function withRows(layers: number, stepsPerRow: number, rows: number): Pick<History, 'mean' | 'low' | 'high'> {
  const make = () => columns(() => new Float32Array(rows * layers));
  const mean = make();
  return stepsPerRow === 1 ? { mean, low: mean, high: mean } : { mean, low: make(), high: make() };
}

function copied(history: History, rows: number): History {
  const larger = withRows(history.layers, history.stepsPerRow, rows);
  for (const quantity of quantities) {
    for (const key of ['mean', 'low', 'high'] as const) larger[key][quantity].set(history[key][quantity]);
  }
  return { ...history, ...larger };
}

/** The same steps in larger bins, each a multiple of those before. */
function rebinned(history: History, stepsPerRow: number, rows: number): History {
  const binned: History = { ...history, stepsPerRow, ...withRows(history.layers, stepsPerRow, rows) };
  for (const quantity of quantities) {
    const [source, target] = [binsOf(history, quantity), binsOf(binned, quantity)];
    for (let from = 0; from < history.taken; from += history.stepsPerRow) {
      const steps = Math.min(history.stepsPerRow, history.taken - from);
      const old = (from / history.stepsPerRow) * history.layers;
      const row = Math.floor(from / stepsPerRow) * history.layers;
      for (let layer = 0; layer < history.layers; layer++) {
        const at = old + layer;
        const [mean = 0, low = 0, high = 0] = [source.mean[at], source.low[at], source.high[at]];
        merge(target, row + layer, from % stepsPerRow, { steps, mean, low, high });
      }
    }
  }
  return binned;
}

/** The history with room for so many steps. */
function withRoom(history: History, steps: number, budget: number): History {
  const bin = binFor(history, steps, budget);
  const rows = Math.ceil(steps / bin);
  const capacity = history.mean.weightNorm.length / history.layers;
  if (bin === history.stepsPerRow && rows <= capacity) return history;
  // Room for twice as many, as far as the memory goes.
  const doubled = Math.min(2 * rows, Math.floor(budget / bytesOf(history.layers, bin, bin)));
  const next = Math.max(rows, doubled);
  return bin === history.stepsPerRow ? copied(history, next) : rebinned(history, bin, next);
}

function widened(extent: Extent, values: Float32Array): Extent {
  let { low, high } = extent;
  for (const value of values) {
    if (!(value > 0) || value === Number.POSITIVE_INFINITY) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low === extent.low && high === extent.high ? extent : { low, high };
}

/**
 * The history with more steps. Rows are written in place: they lie beyond the steps that an earlier copy shows,
 * but for a bin that is not full yet.
 *
 * @param records the next steps, in order
 * @param budget bytes that it may take
 */
export function withSteps(history: History, records: readonly StepRecord[], budget = HISTORY_BYTES): History {
  const last = records.at(-1);
  if (!last) return history;
  const next = withRoom(history, Math.max(history.taken, last.step), budget);
  for (const record of records) {
    if (next.stepsPerRow === 1 || record.step > next.taken) addStep(next, record);
  }
  const { extents } = records.reduce((all, { layers }) => withExtents(all, layers), history);
  return { ...next, taken: Math.max(next.taken, last.step), newest: last.layers, extents };
}

/** The history whose extents hold further measurements, too, which are no step of it. */
export function withExtents(history: History, layers: LayerMeasurements): History {
  return { ...history, extents: columns((quantity) => widened(history.extents[quantity], layers[quantity])) };
}

/** The first and the last of the steps that share the row of a step. */
export function sharedSteps({ stepsPerRow }: History, recorded: number, step: number): readonly [number, number] {
  if (stepsPerRow === 1 || step === 0 || step >= recorded) return [step, step];
  const first = step - ((step - 1) % stepsPerRow);
  return [first, Math.min(recorded, first + stepsPerRow - 1)];
}

/**
 * What was measured at a step, one value a layer: exactly, or the mean of its row (`sharedSteps`).
 *
 * @param step 1 … recorded
 */
export function measurementsIn(history: History, recorded: number, step: number): LayerMeasurements {
  if (step >= recorded && history.newest) return history.newest;
  const row = Math.floor((step - 1) / history.stepsPerRow);
  return columns((quantity) => history.mean[quantity].subarray(row * history.layers, (row + 1) * history.layers));
}
