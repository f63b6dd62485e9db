import { memo, useMemo, useState } from 'react';
import { percentTicks } from '../../../figure/error/curves.ts';
import { text } from '../../../messages/messages.ts';
import { Chart, type Reading } from '../../../plot/Chart.tsx';
import { ColorScale } from '../../../plot/legend.tsx';
import type { ConfusionReport } from '../confusionReport.ts';
import { ConfusionPlot } from './ConfusionPlot.tsx';
import { cellAt, countAt, type MatrixCell, matrixLayout, mostConfused, movedCell } from './matrix.ts';
import { cellText, classErrorText, spokenCell, summarySentence, tableOf } from './reading.ts';

const words = text.inside.confusion;
const shareTicks = percentTicks({ kind: 'linear', min: 0, max: 1 }, 3);

export interface ConfusionChartProps {
  /** Of the network. */
  readonly name: string;
  /** Null before it was examined. */
  readonly report: ConfusionReport | null;
  /** Their names, by label. */
  readonly classes: readonly string[];
}

/** How many test images of each class a network takes for which class. */
export const ConfusionChart = memo(function ConfusionChart({ name, report, classes }: ConfusionChartProps) {
  const [pointed, setPointed] = useState<MatrixCell | null>(null);
  const home = useMemo(() => (report && mostConfused(report)) ?? { row: 0, column: 0 }, [report]);
  const summary = useMemo(
    () => (report ? summarySentence(classes, name, report) : words.empty),
    [classes, name, report],
  );
  const at = pointed ?? home;
  return (
    <Chart
      title={words.title}
      subtitle={report && words.subtitle(name, report.images, report.step)}
      summary={summary}
      empty={report ? null : words.empty}
      table={() => tableOf(classes, report)}
      reading={report && reading(classes, report, at, pointed !== null, setPointed)}
      legend={() => report && <Legend {...{ report, classes, at }} />}
    >
      {(box) =>
        report && (
          <ConfusionPlot {...{ box, report, classes }} layout={matrixLayout(box, classes.length)} cursor={pointed} />
        )
      }
    </Chart>
  );
});

function reading(
  classes: readonly string[],
  report: ConfusionReport,
  at: MatrixCell,
  isPointing: boolean,
  onPoint: (cell: MatrixCell | null) => void,
): Reading {
  const count = classes.length;
  return {
    label: `${text.charts.name(words.title)}. ${words.keys}`,
    min: 1,
    max: count * count,
    now: at.row * count + at.column + 1,
    text: spokenCell(classes, report, at),
    onKey: (key) => {
      const target = movedCell(at, count, key);
      if (target === null && !(key === 'Escape' && isPointing)) return false;
      onPoint(target);
      return true;
    },
    onPointAt: (x, y, box) => onPoint(cellAt(matrixLayout(box, count), x, y)),
    onLeave: () => onPoint(null),
  };
}

interface LegendProps extends Pick<ConfusionChartProps, 'classes'> {
  readonly report: ConfusionReport;
  readonly at: MatrixCell;
}

/** The count at the cursor with the error of its class, and the colours' meaning. */
function Legend({ report, classes, at }: LegendProps) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span>{cellText(classes, at)}</span>
        <span className="chart-figures">{words.count(countAt(report, at))}</span>
      </div>
      <ColorScale ticks={shareTicks} swatches={[]}>
        <span className="chart-note">{words.scale}</span>
        <span className="chart-figures">{classErrorText(classes, report, at.row)}</span>
      </ColorScale>
    </div>
  );
}
