/**
 * Slices of the loss: what it is around the weights of a network, along one or two directions (Li et al. 2018,
 * arXiv 1712.09913). They show one or two of as many dimensions as the network has numbers.
 */
import type { Examination, ExaminationReport } from '../../session/examination.ts';

/** Where the loss is computed: at `side` points along each direction, evenly spaced from −radius to +radius. */
export interface SliceRequest {
  /** Odd and at least 3, so that the middle point is the network as it is. */
  readonly side: number;
  /** 1: each filter moves by as much as its own norm. */
  readonly radius: number;
  /** Training images, the first ones. */
  readonly images: number;
}

export interface SliceReport extends ExaminationReport {
  readonly side: number;
  readonly radius: number;
  /** Numbers of the network: the dimensions of the space that this is a slice of. */
  readonly parameters: number;
  /**
   * Mean cross entropy in nats, [second direction, first direction], row-major from −radius; along one direction a single row. NaN
   * or infinite where the network overflows; null where it has not been computed yet.
   */
  readonly losses: readonly (number | null)[];
}

/** How far the point of a column or row is from the weights. */
export function distanceOf({ side, radius }: Pick<SliceRequest, 'side' | 'radius'>, index: number): number {
  const half = (side - 1) / 2;
  return (radius * (index - half)) / half;
}

/** The column or row nearest to a distance. */
export function indexOf({ side, radius }: Pick<SliceRequest, 'side' | 'radius'>, distance: number): number {
  const half = (side - 1) / 2;
  return Math.min(side - 1, Math.max(0, Math.round((distance / radius) * half + half)));
}

function smallestFactor(number: number): number {
  for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) return factor;
  return number;
}

/**
 * The spacings of the lattices in which a slice is refined, coarse to fine, down to 1. Each divides the one before, so a lattice
 * holds all points of the coarser one; all hold the middle and the ends.
 *
 * @example spacings(25) // [12, 6, 3, 1]
 */
export function spacings(side: number): number[] {
  const chain = [(side - 1) / 2];
  for (let last = chain[0] ?? 1; last > 1; chain.push(last)) last /= smallestFactor(last);
  return chain;
}

/**
 * The points of a slice in the order in which they are computed: the middle, then lattices over the whole slice, each finer than the
 * one before, without the points that are known already.
 *
 * @param side points along each direction
 * @returns indices into the losses of a report, each once
 */
export function coarseToFine(side: number, directions: 1 | 2): number[] {
  const middle = (side - 1) / 2;
  const order = new Set([directions === 1 ? middle : middle * side + middle]);
  for (const spacing of spacings(side)) {
    for (let row = 0; row < (directions === 1 ? 1 : side); row += spacing) {
      for (let column = 0; column < side; column += spacing) order.add(row * side + column);
    }
  }
  return [...order];
}

/** A point of a slice at which the loss is known. */
export interface SlicePoint {
  /** Along the first direction, from 0 at −radius. */
  readonly column: number;
  /** Along the second. */
  readonly row: number;
  /** Nats; not finite where the network overflows. */
  readonly loss: number;
}

/** The points at which the loss is known, row by row from −radius. */
export function pointsOf({ side, losses }: SliceReport): SlicePoint[] {
  return losses.flatMap((loss, index) =>
    loss === null ? [] : [{ column: index % side, row: Math.floor(index / side), loss }],
  );
}

/**
 * What is known of a place: its own loss, or that of the nearest point of the finest lattice which has one there. While a slice is
 * being computed, a coarse point thus stands for its surroundings. Null before the first is known.
 */
export function nearestPoint(report: SliceReport, column: number, row: number): SlicePoint | null {
  const { side, losses } = report;
  const isLine = losses.length === side;
  const middle = (side - 1) / 2;
  const known = (at: { readonly column: number; readonly row: number }): SlicePoint | null => {
    const loss = losses[at.row * side + at.column] ?? null;
    return loss === null ? null : { ...at, loss };
  };
  for (const spacing of spacings(side).toReversed()) {
    const nearest = (at: number) => Math.min(side - 1, Math.floor(at / spacing + 0.5) * spacing);
    const found = known({ column: nearest(column), row: isLine ? 0 : nearest(row) });
    if (found) return found;
  }
  return known({ column: middle, row: isLine ? 0 : middle });
}

/** The spacing of the finest lattice that is known as a whole; null before the coarsest is. */
export function completeSpacing({ side, losses, done }: SliceReport): number | null {
  const directions = losses.length === side ? 1 : 2;
  return spacings(side).findLast((spacing) => ((side - 1) / spacing + 1) ** directions <= done) ?? null;
}

/** Points at which the network overflows. */
export function overflowsOf(report: SliceReport): SlicePoint[] {
  return pointsOf(report).filter(({ loss }) => !Number.isFinite(loss));
}

declare module '../../session/examination.ts' {
  interface Examinations {
    readonly lossLine: { readonly ask: SliceRequest; readonly report: SliceReport };
    readonly lossPlane: { readonly ask: SliceRequest; readonly report: SliceReport };
  }
}

/** As it is asked for where nobody has chosen. */
export const lossLine: Examination<'lossLine'> = {
  kind: 'lossLine',
  pausesTraining: true,
  side: 41,
  radius: 1,
  images: 128,
};

export const lossPlane: Examination<'lossPlane'> = {
  kind: 'lossPlane',
  pausesTraining: true,
  side: 25,
  radius: 1,
  images: 128,
};
