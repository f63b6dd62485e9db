/** What charts of slices share: distances, figures and words. */

import { useMemo } from 'react';
import type { NetworkId } from '../../experiment/experiment.ts';
import { laterText } from '../../messages/laterText.ts';
import { exact, short } from '../../plot/format.ts';
import { type Axis, axisTicks } from '../../plot/scale.ts';
import type { ChartTable } from '../../plot/table.ts';
import { lossExtent } from './contours.ts';
import { distanceOf, overflowsOf, pointsOf, type SlicePoint, type SliceReport } from './report.ts';

const words = laterText.slice;

/** A network with what is known of the loss around it. */
export interface Slice {
  readonly id: NetworkId;
  /** For instance "Plain 56". */
  readonly name: string;
  readonly report: SliceReport;
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

/** Room for a number, in rem. */
const NUMBER = 4;

/** Round distances, the radius included. */
function distanceLabels(radius: number): Axis['ticks'] {
  const range = { kind: 'linear', min: -radius, max: radius } as const;
  return ({ from, to }, rem) =>
    axisTicks(range, Math.floor(Math.abs(to - from) / (NUMBER * rem))).map(({ value }) => ({
      value,
      label: distanceText(value),
    }));
}

/** The distances along a direction, each in the middle of a cell: the outermost are half a cell from the ends. */
export function distanceAxis({ side, radius }: Pick<SliceReport, 'side' | 'radius'>, label: string): Axis {
  const half = radius / (side - 1);
  return { kind: 'linear', min: -radius - half, max: radius + half, label, ticks: distanceLabels(radius) };
}

/** The same, steady as its arguments are. */
export function useDistanceAxis(side: number, radius: number, label: string): Axis {
  return useMemo(() => distanceAxis({ side, radius }, label), [side, radius, label]);
}

/** A loss in figures, those that are not finite by name. */
export function lossText(loss: number): string {
  return Number.isFinite(loss) ? exact(loss) : words.overflow(exact(loss));
}

/** The loss of the network as it is; null before it is known. */
function centreOf({ losses }: SliceReport): number | null {
  return losses[(losses.length - 1) / 2] ?? null;
}

/** The loss of a line at a distance from the weights; null where it is not known. */
export function lossAt(report: SliceReport, distance: number): number | null {
  const column = Array.from({ length: report.side }, (_, index) => index).find(
    (index) => distanceOf(report, index) === distance,
  );
  return column === undefined ? null : (report.losses[column] ?? null);
}

/** The loss of each line at a distance. */
export function phrasesAt(slices: readonly Slice[], distance: number): string[] {
  return slices.map(({ name, report }) => {
    const loss = lossAt(report, distance);
    return words.value(name, loss === null ? words.unknown : lossText(loss));
  });
}

/** A slice in a sentence; null before anything is known of it. */
export function summarySentence({ name, report }: Slice): string | null {
  const centre = centreOf(report);
  if (centre === null) return null;
  const { low, high } = lossExtent([report]);
  const { step, side, parameters, radius, done, planned, losses } = report;
  return words.summary({
    name,
    step,
    directions: losses.length === side ? 1 : 2,
    dimensions: parameters,
    radius: distanceText(radius),
    centre: lossText(centre),
    low: high > 0 ? exact(low) : null,
    high: high > 0 ? exact(high) : null,
    notFinite: overflowsOf(report).length,
    done,
    planned,
  });
}

/** A row for every point of every line. */
export function lineTable(slices: readonly Slice[]): ChartTable {
  return {
    columns: words.lineColumns,
    rows: slices.flatMap(({ name, report }) =>
      pointsOf(report).map(({ column, loss }) => [name, report.step, distanceOf(report, column), loss]),
    ),
  };
}

/** A row for every point of a plane. */
export function planeTable(report: SliceReport): ChartTable {
  return {
    columns: words.planeColumns,
    rows: pointsOf(report).map(({ column, row, loss }) => [distanceOf(report, column), distanceOf(report, row), loss]),
  };
}
