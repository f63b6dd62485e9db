import { memo, useMemo } from 'react';
import { percent } from '../../messages/format.ts';
import { laterText } from '../../messages/laterText.ts';
import { ColorScale } from '../../plot/ColorScale.tsx';
import { css, type Rgb, shade } from '../../plot/color.ts';
import { type Cell, movedCell, upTo, useCellCursor } from '../../plot/cursor.ts';
import { Legend } from '../../plot/legend.tsx';
import { Outline } from '../../plot/marks.tsx';
import { Plot } from '../../plot/Plot.tsx';
import { usePlane } from '../../plot/plane.tsx';
import { nameAxis, percentTicks } from '../../plot/scale.ts';
import {
  type Classes,
  cellText,
  classErrorText,
  countAt,
  errorOf,
  imagesOf,
  type MatrixCell,
  mostConfused,
  spokenCell,
  summarySentence,
  tableOf,
} from './matrix.ts';
import type { ConfusionReport } from './report.ts';

const words = laterText.inside.confusion;

const shareTicks = percentTicks({ kind: 'linear', min: 0, max: 1 }, 3);

/** For the names of classes, and for their errors, in rem. */
const margins = { left: 6.9, right: 3.4, top: 1.4, bottom: 6.6 };

export interface ConfusionChartProps {
  /** Of the network. */
  readonly name: string;
  /** Null before it was examined. */
  readonly report: ConfusionReport | null;
  readonly classes: Classes;
}

const labelled = ({ column, row }: Cell): MatrixCell => ({ row: row - 1, column: column - 1 });

/** How many test images of each class a network takes for which class: rows are classes, columns what their images are taken for. */
export const ConfusionChart = memo(function ConfusionChart({ name, report, classes }: ConfusionChartProps) {
  const count = classes.length;
  const grid = { columns: upTo(count), rows: count };
  const { row, column } = useMemo(() => (report && mostConfused(report)) ?? { row: 0, column: 0 }, [report]);
  const cursor = useCellCursor(grid, {
    home: () => report && { column: column + 1, row: row + 1 },
    moved: (from, key) => {
      const corner = { Home: 1, End: count }[key];
      return corner === undefined ? movedCell(grid, from, key) : { column: corner, row: corner };
    },
  });
  const summary = useMemo(
    () => (report ? summarySentence(classes, name, report) : words.empty),
    [classes, name, report],
  );
  return (
    <Plot
      title={words.title}
      subtitle={report && words.subtitle(name, report.images, report.step)}
      x={useMemo(() => ({ ...nameAxis(classes, words.columnsAxis), isTurned: true }), [classes])}
      y={useMemo(() => ({ ...nameAxis(classes, words.rows), isDown: true }), [classes])}
      margins={margins}
      ground="none"
      cursor={cursor}
      keys={words.keys}
      min={1}
      max={count * count}
      now={(at) => (at.row - 1) * count + at.column}
      spoken={(at) => (report ? spokenCell(classes, report, labelled(at)) : '')}
      summary={summary}
      empty={report ? null : words.empty}
      table={() => tableOf(classes, report)}
      legend={report && cursor.at && <CellLegend {...{ report, classes }} at={labelled(cursor.at)} />}
    >
      {report && <Counts {...{ report, classes }} />}
      {cursor.isPointing && cursor.at && <Outline x={cursor.at.column} y={cursor.at.row} />}
    </Plot>
  );
});

interface CountsProps extends Pick<ConfusionChartProps, 'classes'> {
  readonly report: ConfusionReport;
}

/** The count at the cursor with the error of its class, and the colours' meaning. */
function CellLegend({ report, classes, at }: CountsProps & { readonly at: MatrixCell }) {
  return (
    <Legend
      head={
        <>
          <span>{cellText(classes, at)}</span>
          <span className="chart-figures">{words.count(countAt(report, at))}</span>
        </>
      }
    >
      <ColorScale ticks={shareTicks}>
        <span className="soft">{words.scale}</span>
        <span className="chart-figures">{classErrorText(classes, report, at.row)}</span>
      </ColorScale>
    </Legend>
  );
}

/** Sides of a cell, in rem, that hold a count of three digits. */
const COUNT_WIDTH = 1.55;
const COUNT_HEIGHT = 0.85;

/** The cells in the colours of their shares, with their counts where there is room, and the error of every row. */
const Counts = memo(function Counts({ report, classes }: CountsProps) {
  const { area, x, y, rem } = usePlane();
  const fits = x.unit >= COUNT_WIDTH * rem && y.unit >= COUNT_HEIGHT * rem;
  return (
    <>
      {classes.map((name, row) => (
        <g key={name} transform={`translate(0,${y.at(row + 1).px})`}>
          {classes.map((other, column) => {
            const count = countAt(report, { row, column });
            const color = shade(count / Math.max(1, imagesOf(report, row)));
            const center = x.at(column + 1).px;
            return (
              <g key={other}>
                <rect x={center - x.unit / 2} y={-y.unit / 2} width={x.unit} height={y.unit} fill={css(color)} />
                {fits && (
                  <text className="tiny" fill={inkOn(color)} x={center} textAnchor="middle" dominantBaseline="central">
                    {count}
                  </text>
                )}
              </g>
            );
          })}
          <text className="chart-tick" x={area.right + 6} dominantBaseline="central">
            {percent(errorOf(report, row))}
          </text>
        </g>
      ))}
      <text className="chart-axis-label" x={area.right + 6} y={area.top - 0.5 * rem}>
        {words.error}
      </text>
    </>
  );
});

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
