/** A confusion matrix: what it counts, and what it says. */

import { sum } from 'd3-array';
import { percent } from '../../messages/format.ts';
import { laterText } from '../../messages/laterText.ts';
import type { ChartTable } from '../../plot/table.ts';
import type { ConfusionReport } from './report.ts';

const words = laterText.inside.confusion;

/** Images of a class (row) that are taken for a class (column); both counted from 0. */
export interface MatrixCell {
  readonly row: number;
  readonly column: number;
}

function classesOf({ undecided }: ConfusionReport): number {
  return undecided.length;
}

export function countAt(report: ConfusionReport, { row, column }: MatrixCell): number {
  return report.counts[row * classesOf(report) + column] ?? 0;
}

/** Images of a class, those included of which the network says nothing. */
export function imagesOf(report: ConfusionReport, row: number): number {
  const classes = classesOf(report);
  return sum(report.counts.slice(row * classes, (row + 1) * classes)) + (report.undecided[row] ?? 0);
}

/** The share of a class that is not taken for it; NaN of no images. */
export function errorOf(report: ConfusionReport, row: number): number {
  return 1 - countAt(report, { row, column: row }) / imagesOf(report, row);
}

/** The share of all images that are not taken for what they are. */
export function totalError(report: ConfusionReport): number {
  const right = report.undecided.map((_, row) => countAt(report, { row, column: row }));
  return 1 - sum(right) / report.images;
}

/** The class of the largest error. */
export function hardestOf(report: ConfusionReport): number {
  const errors = report.undecided.map((_, row) => errorOf(report, row));
  return errors.indexOf(Math.max(...errors.filter((error) => !Number.isNaN(error))));
}

/** The largest count off the diagonal; null where there is none. */
export function mostConfused(report: ConfusionReport): MatrixCell | null {
  const classes = classesOf(report);
  let best: MatrixCell | null = null;
  for (let row = 0; row < classes; row++) {
    for (let column = 0; column < classes; column++) {
      const count = row === column ? 0 : countAt(report, { row, column });
      if (count > (best ? countAt(report, best) : 0)) best = { row, column };
    }
  }
  return best;
}

/** The names of the classes, by label. */
export type Classes = readonly string[];

export const nameOf = (classes: Classes, label: number) => classes[label] ?? '';

export function cellText(classes: Classes, { row, column }: MatrixCell): string {
  return words.cell(nameOf(classes, row), nameOf(classes, column));
}

export function classErrorText(classes: Classes, report: ConfusionReport, row: number): string {
  return words.classError(nameOf(classes, row), percent(errorOf(report, row)));
}

export function spokenCell(classes: Classes, report: ConfusionReport, cell: MatrixCell): string {
  const count = words.count(countAt(report, cell));
  return words.spoken(cellText(classes, cell), count, nameOf(classes, cell.row), percent(errorOf(report, cell.row)));
}

export function summarySentence(classes: Classes, name: string, report: ConfusionReport): string {
  const [hardest, most] = [hardestOf(report), mostConfused(report)];
  return words.summary({
    name,
    step: report.step,
    count: report.images,
    error: percent(totalError(report)),
    hardest: nameOf(classes, hardest),
    hardestError: percent(errorOf(report, hardest)),
    confused: most && words.most(nameOf(classes, most.row), nameOf(classes, most.column), countAt(report, most)),
  });
}

/** A row for every class. */
export function tableOf(classes: Classes, report: ConfusionReport | null): ChartTable {
  return {
    columns: words.columns(classes),
    rows: report
      ? classes.map((name, row) => [
          name,
          ...classes.map((_, column) => countAt(report, { row, column })),
          report.undecided[row] ?? 0,
          errorOf(report, row),
        ])
      : [],
  };
}
