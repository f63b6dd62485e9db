/** What slices of the loss say, in figures and in words. */

import { text } from '../../messages/messages.ts';
import { exact } from '../../plot/format.ts';
import type { ChartTable } from '../../plot/table.ts';
import { lossExtent } from './axis.ts';
import { distanceOf, type SliceReport } from './report.ts';
import { distanceText, overflowsOf, pointsOf, type Slice } from './slices.ts';

const words = text.slice;

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
