/**
 * The axis of a measured quantity, shared by every chart that shows it, so that bars of different
 * networks and cells of a heat map can be compared. Gradients span many decades and get a log axis
 * of whole decades; shares a linear one from 0, and standard deviations, too, unless they span decades.
 */
import { nice } from 'd3-array';
import type { Quantity } from '../records/records.ts';
import type { Run } from '../records/run.ts';

export interface ValueAxis {
  readonly kind: 'log' | 'linear';
  /** Values at the two ends; on a log axis both are powers of ten. */
  readonly min: number;
  readonly max: number;
}

/** Beyond these powers of ten a log axis does not reach; such values are marked, not drawn to scale. */
const LOWEST_POWER = -12;
const HIGHEST_POWER = 6;
/** A log axis spans at least this many decades, so that a healthy network is not magnified into drama. */
const FEWEST_DECADES = 4;

/** Beyond this ratio of the largest to the smallest, a linear axis would show the smallest no more. */
const LINEAR_RATIO = 100;

/** What a log axis shows before anything was measured. */
const emptyLogAxis: ValueAxis = { kind: 'log', min: 1e-6, max: 1e1 };

const clampPower = (power: number) => Math.min(HIGHEST_POWER, Math.max(LOWEST_POWER, power));

/** Ten to a whole power, exact to the digit where `10 ** power` is not. */
export function powerOfTen(power: number): number {
  return Number(`1e${power}`);
}

/** The whole decades that hold the values from `low` to `high` (both > 0), within the clamps. */
export function logAxis(low: number, high: number): ValueAxis {
  const highest = clampPower(Math.ceil(Math.log10(high)));
  const lowest = Math.min(clampPower(Math.floor(Math.log10(low))), highest - FEWEST_DECADES);
  const bottom = Math.max(LOWEST_POWER, lowest);
  return { kind: 'log', min: powerOfTen(bottom), max: powerOfTen(Math.max(highest, bottom + FEWEST_DECADES)) };
}

/** The linear axis from 0 to a round number above all finite values. */
export function axisFrom0(values: readonly number[]): ValueAxis {
  const high = Math.max(0, ...values.filter(Number.isFinite));
  return { kind: 'linear', min: 0, max: high > 0 ? nice(0, high, 4)[1] : 1 };
}

/** The axis of sizes, `low` and `high` their extremes above 0: linear from 0, or of whole decades where they span too many for that. */
export function sizeAxis(low: number, high: number): ValueAxis {
  return high > LINEAR_RATIO * low ? logAxis(low, high) : axisFrom0([high]);
}

/**
 * The axis for one quantity over everything recorded of the networks: it grows with the runs, but
 * stays where it is when an earlier step is looked at.
 */
export function quantityAxis(quantity: Quantity, runs: Iterable<Run | null | undefined>): ValueAxis {
  if (quantity === 'deadFraction') return { kind: 'linear', min: 0, max: 1 };
  const extents = [...runs].flatMap((run) => (run ? [run.history.extents[quantity]] : []));
  const low = Math.min(...extents.map((extent) => extent.low));
  const high = Math.max(0, ...extents.map((extent) => extent.high));
  if (quantity === 'responseStd') return sizeAxis(low, high);
  return high > 0 ? logAxis(low, high) : emptyLogAxis;
}
