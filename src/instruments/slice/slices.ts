/** Slices of the loss as a chart knows them: points and distances. */

import type { NetworkId } from '../../experiment/experiment.ts';
import { short } from '../../plot/format.ts';
import { axisTicks, type Tick } from '../../plot/scale.ts';
import { distanceOf, type SliceReport, spacings } from './report.ts';

/** A network with what is known of the loss around it. */
export interface Slice {
  readonly id: NetworkId;
  /** For instance "Plain 56". */
  readonly name: string;
  readonly report: SliceReport;
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

/** Where a distance is between the two ends of an axis, 0 … 1: half a cell beyond the outermost points. */
export function shareOf({ side, radius }: Pick<SliceReport, 'side' | 'radius'>, distance: number): number {
  const cell = (2 * radius) / (side - 1);
  return (distance + radius + cell / 2) / (2 * radius + cell);
}

/** The distance at such a share. */
export function distanceAt({ side, radius }: Pick<SliceReport, 'side' | 'radius'>, share: number): number {
  const cell = (2 * radius) / (side - 1);
  return share * (2 * radius + cell) - radius - cell / 2;
}

/** A distance in figures, with a true minus. */
export function distanceText(distance: number): string {
  return short(Number(distance.toFixed(3)));
}

/** Where a point is, in figures: one distance, or two. */
export function placeText(report: SliceReport, { column, row }: Pick<SlicePoint, 'column' | 'row'>): string[] {
  const places = report.losses.length === report.side ? [column] : [column, row];
  return places.map((index) => distanceText(distanceOf(report, index)));
}

/** Round distances along an axis, the radius included. */
export function distanceTicks(extent: Pick<SliceReport, 'side' | 'radius'>, labels: number): Tick[] {
  const axis = { kind: 'linear', min: -extent.radius, max: extent.radius } as const;
  return axisTicks(axis, labels).map(({ value }) => ({
    value,
    at: shareOf(extent, value),
    label: distanceText(value),
  }));
}
