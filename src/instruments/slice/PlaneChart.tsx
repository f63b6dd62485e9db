import { memo, useState } from 'react';
import { text } from '../../messages/messages.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { notFiniteColor, zeroColor } from '../../plot/color.ts';
import { type Cursor, upTo, useCursor } from '../../plot/cursor.ts';
import { ColorScale } from '../../plot/legend.tsx';
import { roundText, sliceTicks } from './axis.ts';
import { PlanePlot, squareArea } from './PlanePlot.tsx';
import { lossText, planeTable, summarySentence } from './reading.ts';
import type { SliceReport } from './report.ts';
import { nearestPoint, overflowsOf, placeText, type Slice, type SlicePoint } from './slices.ts';

const words = text.slice;

export interface PlaneChartProps extends Pick<ChartSlots, 'actions'> {
  /** Along two directions. */
  readonly slice: Slice;
  /** Of the colours: `sliceAxis` of all networks, so that they can be compared. */
  readonly axis: ValueAxis;
  /** Losses of the contour lines, shared as well. */
  readonly levels: readonly number[];
}

/** The loss in a plane of two random directions, as colours with contour lines. */
export const PlaneChart = memo(function PlaneChart({ slice, axis, levels, actions }: PlaneChartProps) {
  const { name, report } = slice;
  const { side, images, parameters, step } = report;
  const middle = (side - 1) / 2;
  const cursor = useCursor(upTo(side), middle + 1);
  const [row, setRow] = useState(middle);
  const shown = { column: (cursor.at ?? 1) - 1, row: cursor.isPointing ? Math.min(row, side - 1) : middle };
  const point = nearestPoint(report, shown.column, shown.row);
  const title = words.plane.title(name);
  return (
    <Chart
      title={title}
      subtitle={words.plane.subtitle(images, parameters, step)}
      actions={actions}
      summary={summarySentence(slice) ?? words.begun}
      empty={report.done > 0 ? null : words.begun}
      table={() => planeTable(report)}
      reading={point && reading(title, slice, point, shown.row, cursor, setRow)}
      legend={() => <Legend {...{ report, axis, levels, point }} />}
    >
      {(box) => <PlanePlot {...{ box, report, axis, levels }} point={cursor.isPointing ? point : null} />}
    </Chart>
  );
});

/** Where a key takes the cursor along the second direction; null for keys that do not. */
export function movedRow(row: number, side: number, key: string): number | null {
  if (key === 'ArrowUp') return Math.min(side - 1, row + 1);
  return key === 'ArrowDown' ? Math.max(0, row - 1) : null;
}

function reading(
  title: string,
  { name, report }: Slice,
  point: SlicePoint,
  row: number,
  cursor: Cursor,
  setRow: (row: number) => void,
): Reading {
  const { side } = report;
  const now = cursor.at ?? 1;
  const goTo = (position: number, to: number) => {
    cursor.pointAt(position);
    setRow(to);
  };
  return {
    label: `${text.charts.name(title)}. ${words.keys}`,
    min: 1,
    max: side,
    now,
    text: words.spoken(placeText(report, point), [words.value(name, lossText(point.loss))]),
    onKey: (key) => {
      const target = movedRow(row, side, key);
      if (target !== null) {
        goTo(now, target);
        return true;
      }
      // From the row that is shown, whatever was pointed at before.
      setRow(row);
      return cursor.onKey(key);
    },
    onPointAt: (x, y, box) => {
      const { left, right, top, bottom } = squareArea(box);
      const index = (share: number) => Math.min(side - 1, Math.max(0, Math.floor(share * side)));
      goTo(1 + index((x - left) / (right - left)), index((bottom - y) / (bottom - top)));
    },
    onLeave: cursor.leave,
  };
}

interface LegendProps {
  readonly report: SliceReport;
  readonly axis: ValueAxis;
  readonly levels: readonly number[];
  readonly point: SlicePoint | null;
}

/** The loss at the cursor, and what colours and lines mean. */
function Legend({ report, axis, levels, point }: LegendProps) {
  const { done, planned } = report;
  const zero = axis.kind === 'log' && report.losses.includes(0) ? [{ color: zeroColor, label: words.zero }] : [];
  const overflows = overflowsOf(report).length > 0 ? [{ color: notFiniteColor, label: words.crosses }] : [];
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{point && words.at(placeText(report, point))}</span>
        <span className="chart-figures">{point && lossText(point.loss)}</span>
      </div>
      <ColorScale ticks={sliceTicks(axis, 5)} swatches={[...zero, ...overflows]}>
        <span className="chart-note">{words.ring}</span>
      </ColorScale>
      <p className="chart-note slice-note">
        {done < planned ? words.coarse(done, planned) : words.contours(levels.map(roundText))}
      </p>
    </div>
  );
}
