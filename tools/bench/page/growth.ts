/** How the time of a step grows with depth: proportionally to the layers, if nothing is wrong. */
import { leastSquaresLine } from '../../../src/records/summary.ts';

interface Timing {
  readonly depth: number;
  readonly msPerStep: number;
}

export interface GrowthPoint extends Timing {
  /** From the line, as a fraction of the line. */
  readonly deviation: number;
}

export interface Growth {
  readonly msPerLayer: number;
  /** Where the line meets depth 0. */
  readonly msAtZero: number;
  readonly points: readonly GrowthPoint[];
}

/** The least-squares line through all timings, and how far each is off it; null for fewer than two depths. */
export function growthOf(timings: readonly Timing[]): Growth | null {
  const line = leastSquaresLine(timings.map(({ depth, msPerStep }) => [depth, msPerStep]));
  if (line === null) return null;
  const { slope, intercept } = line;
  const points = timings.map((timing) => ({
    ...timing,
    deviation: timing.msPerStep / (intercept + slope * timing.depth) - 1,
  }));
  return { msPerLayer: slope, msAtZero: intercept, points };
}

/** By how much a time may be off the line, as a fraction of the line. */
const MOST_OFF = 0.15;

/** The depths whose time is too far off the line. */
export function offTheLine({ points }: Growth): readonly GrowthPoint[] {
  return points.filter(({ deviation }) => Math.abs(deviation) > MOST_OFF);
}
