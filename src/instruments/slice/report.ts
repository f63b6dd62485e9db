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
