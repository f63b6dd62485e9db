import { memo, useMemo, useState } from 'react';
import { percentTicks } from '../../../figure/error/curves.ts';
import { text } from '../../../messages/messages.ts';
import { Chart, type Reading } from '../../../plot/frame/Chart.tsx';
import { ColorScale } from '../../../plot/frame/ColorScale.tsx';
import type { ConfusionReport } from '../confusionReport.ts';
import { ConfusionPlot } from './ConfusionPlot.tsx';
import { cellAt, countAt, type MatrixCell, matrixLayout, mostConfused, movedCell } from './matrix.ts';
import { cellText, classErrorText, spokenCell, summarySentence, tableOf } from './reading.ts';

const words = text.inside.confusion;
const classes = text.data.classes.length;
const shareTicks = percentTicks({ kind: 'linear', min: 0, max: 1 }, 3);

export interface ConfusionChartProps {
  /** Of the network. */
  readonly name: string;
  /** Null before it was examined. */
  readonly report: ConfusionReport | null;
}

/** How many test images of each class a network takes for which class. */
export const ConfusionChart = memo(function ConfusionChart({ name, report }: ConfusionChartProps) {
  const [pointed, setPointed] = useState<MatrixCell | null>(null);
  const home = useMemo(() => (report && mostConfused(report)) ?? { row: 0, column: 0 }, [report]);
  const summary = useMemo(() => (report ? summarySentence(name, report) : words.empty), [name, report]);
  const at = pointed ?? home;
  return (
    <Chart
      title={words.title}
      subtitle={report && words.subtitle(name, report.images, report.step)}
      summary={summary}
      empty={report ? null : words.empty}
      table={() => tableOf(report)}
      reading={report && reading(report, at, pointed !== null, setPointed)}
      legend={() => report && <Legend report={report} at={at} />}
    >
      {(box) => report && <ConfusionPlot {...{ box, report }} layout={matrixLayout(box, classes)} cursor={pointed} />}
    </Chart>
  );
});

function reading(
  report: ConfusionReport,
  at: MatrixCell,
  isPointing: boolean,
  onPoint: (cell: MatrixCell | null) => void,
): Reading {
  return {
    label: `${text.charts.name(words.title)}. ${words.keys}`,
    min: 1,
    max: classes * classes,
    now: at.row * classes + at.column + 1,
    text: spokenCell(report, at),
    onKey: (key) => {
      const target = movedCell(at, classes, key);
      if (target === null && !(key === 'Escape' && isPointing)) return false;
      onPoint(target);
      return true;
    },
    onPointAt: (x, y, box) => onPoint(cellAt(matrixLayout(box, classes), x, y)),
    onLeave: () => onPoint(null),
  };
}

/** The count at the cursor with the error of its class, and the colours' meaning. */
function Legend({ report, at }: { readonly report: ConfusionReport; readonly at: MatrixCell }) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span>{cellText(at)}</span>
        <span className="chart-figures">{words.count(countAt(report, at))}</span>
      </div>
      <ColorScale ticks={shareTicks} swatches={[]}>
        <span className="chart-note">{words.scale}</span>
        <span className="chart-figures">{classErrorText(report, at.row)}</span>
      </ColorScale>
    </div>
  );
}
