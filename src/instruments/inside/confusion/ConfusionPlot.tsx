import { percent } from '../../../messages/format.ts';
import { text } from '../../../messages/messages.ts';
import type { Box } from '../../../plot/area.ts';
import { css, shade } from '../../../plot/color.ts';
import type { ConfusionReport } from '../confusionReport.ts';
import { inkOn } from './ink.ts';
import { countAt, errorOf, imagesOf, type MatrixCell, type MatrixLayout } from './matrix.ts';

const words = text.inside.confusion;

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
export function ConfusionPlot({ box, layout, report, cursor, classes }: ConfusionPlotProps) {
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
