/** A confusion matrix: what it counts, and where its cells stand. */

import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import type { Box } from '../../plot/area.ts';
import type { ChartTable } from '../../plot/table.ts';
import type { ConfusionReport } from './report.ts';

const words = text.inside.confusion;

/** Images of a class (row) that are taken for a class (column); both counted from 0. */
export interface MatrixCell {
  readonly row: number;
  readonly column: number;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

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

/** Where the cells stand, in pixels. */
export interface MatrixLayout {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly classes: number;
}

/** Room in rem: for the title and names on the left, for errors on the right, for names and the title below. */
const LEFT = 6.9;
const RIGHT = 3.4;
const TOP = 1.4;
const BOTTOM = 6.6;

export function matrixLayout({ width, height, rem }: Box, classes: number): MatrixLayout {
  return {
    left: LEFT * rem,
    top: TOP * rem,
    width: Math.max(classes, width - (LEFT + RIGHT) * rem),
    height: Math.max(classes, height - (TOP + BOTTOM) * rem),
    classes,
  };
}

/** The cell at a pixel, or the nearest to it. */
export function cellAt({ left, top, width, height, classes }: MatrixLayout, x: number, y: number): MatrixCell {
  const within = (share: number) => Math.min(classes - 1, Math.max(0, Math.floor(share * classes)));
  return { row: within((y - top) / height), column: within((x - left) / width) };
}

/** Where a key takes the cursor; null for keys that do not move it. */
export function movedCell({ row, column }: MatrixCell, classes: number, key: string): MatrixCell | null {
  const targets: Readonly<Record<string, MatrixCell>> = {
    ArrowLeft: { row, column: Math.max(0, column - 1) },
    ArrowRight: { row, column: Math.min(classes - 1, column + 1) },
    ArrowUp: { row: Math.max(0, row - 1), column },
    ArrowDown: { row: Math.min(classes - 1, row + 1), column },
    Home: { row: 0, column: 0 },
    End: { row: classes - 1, column: classes - 1 },
  };
  return targets[key] ?? null;
}

/** The names of the classes, by label. */
type Classes = readonly string[];

const nameOf = (classes: Classes, label: number) => classes[label] ?? '';

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
