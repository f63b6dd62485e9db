/** What a confusion matrix says, in figures and in words. */

import { percent } from '../../../messages/format.ts';
import { text } from '../../../messages/messages.ts';
import type { ChartTable } from '../../../plot/table.ts';
import type { ConfusionReport } from '../confusionReport.ts';
import { countAt, errorOf, hardestOf, type MatrixCell, mostConfused, totalError } from './matrix.ts';

const words = text.inside.confusion;

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
