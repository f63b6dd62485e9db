/** What a confusion matrix says, in figures and in words. */

import { text } from '../../../messages/messages.ts';
import { percent } from '../../../plot/format/number.ts';
import type { ChartTable } from '../../../plot/tools/table.ts';
import type { ConfusionReport } from '../confusionReport.ts';
import { countAt, errorOf, hardestOf, type MatrixCell, mostConfused, totalError } from './matrix.ts';

const words = text.inside.confusion;
const names = text.data.classes;

const nameOf = (label: number) => names[label] ?? '';

export function cellText({ row, column }: MatrixCell): string {
  return words.cell(nameOf(row), nameOf(column));
}

export function classErrorText(report: ConfusionReport, row: number): string {
  return words.classError(nameOf(row), percent(errorOf(report, row)));
}

export function spokenCell(report: ConfusionReport, cell: MatrixCell): string {
  const count = words.count(countAt(report, cell));
  return words.spoken(cellText(cell), count, nameOf(cell.row), percent(errorOf(report, cell.row)));
}

export function summarySentence(name: string, report: ConfusionReport): string {
  const [hardest, most] = [hardestOf(report), mostConfused(report)];
  return words.summary({
    name,
    step: report.step,
    count: report.images,
    error: percent(totalError(report)),
    hardest: nameOf(hardest),
    hardestError: percent(errorOf(report, hardest)),
    confused: most && words.most(nameOf(most.row), nameOf(most.column), countAt(report, most)),
  });
}

/** A row for every class. */
export function tableOf(report: ConfusionReport | null): ChartTable {
  return {
    columns: words.columns(names),
    rows: report
      ? names.map((name, row) => [
          name,
          ...names.map((_, column) => countAt(report, { row, column })),
          report.undecided[row] ?? 0,
          errorOf(report, row),
        ])
      : [],
  };
}
