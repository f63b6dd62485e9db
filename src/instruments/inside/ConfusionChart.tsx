import { memo, useMemo, useState } from 'react';
import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import type { Box } from '../../plot/area.ts';
import { Chart, type Reading } from '../../plot/Chart.tsx';
import { css, type Rgb, shade } from '../../plot/color.ts';
import { ColorScale } from '../../plot/legend.tsx';
import { percentTicks } from '../../plot/scale.ts';
import {
  cellAt,
  cellText,
  classErrorText,
  countAt,
  errorOf,
  imagesOf,
  type MatrixCell,
  type MatrixLayout,
  matrixLayout,
  mostConfused,
  movedCell,
  spokenCell,
  summarySentence,
  tableOf,
} from './matrix.ts';
import type { ConfusionReport } from './report.ts';

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

/** Sides of a cell, in rem, that hold a count of three digits. */
const COUNT_WIDTH = 1.55;
const COUNT_HEIGHT = 0.85;

interface ConfusionPlotProps {
  readonly box: Box;
  readonly layout: MatrixLayout;
  readonly report: ConfusionReport;
  readonly cursor: MatrixCell | null;
  /** Their names, by label. */
  readonly classes: readonly string[];
}

/** Rows are classes, columns what their images are taken for; counts stand in the cells where there is room. */
function ConfusionPlot({ box, layout, report, cursor, classes }: ConfusionPlotProps) {
  const { left, top, width, height } = layout;
  const labels = Array.from({ length: layout.classes }, (_, label) => label);
  const [across, down] = [width / layout.classes, height / layout.classes];
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      {labels.map((row) => (
        <g key={row} transform={`translate(0,${top + row * down})`}>
          <text className="chart-tick" x={left - 6} y={down / 2} textAnchor="end" dominantBaseline="central">
            {classes[row]}
          </text>
          {labels.map((column) => (
            <Cell key={column} {...{ report, across, down, left }} cell={{ row, column }} rem={box.rem} />
          ))}
          <text className="chart-tick" x={left + width + 6} y={down / 2} dominantBaseline="central">
            {percent(errorOf(report, row))}
          </text>
        </g>
      ))}
      <Names {...{ layout, classes }} rem={box.rem} />
      {cursor && (
        <rect
          className="chart-outline"
          x={left + cursor.column * across}
          y={top + cursor.row * down}
          width={across}
          height={down}
        />
      )}
    </svg>
  );
}

interface CellProps {
  readonly report: ConfusionReport;
  readonly cell: MatrixCell;
  readonly left: number;
  readonly across: number;
  readonly down: number;
  readonly rem: number;
}

function Cell({ report, cell, left, across, down, rem }: CellProps) {
  const count = countAt(report, cell);
  const color = shade(count / Math.max(1, imagesOf(report, cell.row)));
  const x = left + cell.column * across;
  const fits = across >= COUNT_WIDTH * rem && down >= COUNT_HEIGHT * rem;
  return (
    <>
      <rect x={x} width={across} height={down} fill={css(color)} />
      {fits && (
        <text
          className="chart-count"
          fill={inkOn(color)}
          x={x + across / 2}
          y={down / 2}
          textAnchor="middle"
          dominantBaseline="central"
        >
          {count}
        </text>
      )}
    </>
  );
}

/** What the columns, the rows and the figures at the right are. */
function Names({ layout, classes, rem }: Pick<ConfusionPlotProps, 'layout' | 'classes'> & { readonly rem: number }) {
  const { left, top, width, height } = layout;
  const across = width / layout.classes;
  return (
    <>
      {classes.map((name, column) => (
        <text
          key={name}
          className="chart-tick"
          transform={`translate(${left + (column + 0.5) * across},${top + height + 6}) rotate(-90)`}
          textAnchor="end"
          dominantBaseline="central"
        >
          {name}
        </text>
      ))}
      <text className="chart-axis-label" x={left + width / 2} y={top + height + 6.2 * rem} textAnchor="middle">
        {words.columnsAxis}
      </text>
      <text
        className="chart-axis-label"
        transform={`translate(2,${top + height / 2}) rotate(-90)`}
        textAnchor="middle"
        dy="0.85em"
      >
        {words.rows}
      </text>
      <text className="chart-axis-label" x={left + width + 6} y={top - 0.5 * rem}>
        {words.error}
      </text>
    </>
  );
}

/** WCAG 2's relative luminance, 0 … 1. */
function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Black or white, whichever has more contrast: at least 4.5 to 1 on any colour. */
export function inkOn(color: Rgb): '#000000' | '#ffffff' {
  // Both contrasts, 1.05 / (L + 0.05) and (L + 0.05) / 0.05, are equal where (L + 0.05)² = 1.05 · 0.05.
  return luminance(color) + 0.05 > Math.sqrt(1.05 * 0.05) ? '#000000' : '#ffffff';
}
