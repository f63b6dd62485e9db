import { line } from 'd3';
import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { text } from '../../messages/messages.ts';
import { HorizontalAxis, VerticalLabel } from '../../plot/Axes.tsx';
import { type Box, type PlotArea, plotArea, rowsIn } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { colorsOn, notFiniteColor, zeroColor } from '../../plot/color.ts';
import { type Cursor, upTo, useCursor } from '../../plot/cursor.ts';
import { ColorScale } from '../../plot/legend.tsx';
import type { Tick } from '../../plot/scale.ts';
import { contourLines, roundText, sliceTicks } from './contours.ts';
import { nearestPoint, overflowsOf, type SlicePoint, type SliceReport } from './report.ts';
import { distanceTicks, lossText, placeText, planeTable, type Slice, summarySentence } from './slices.ts';

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

/** The largest square in the plot: both directions have the same scale. */
function squareArea(box: Box): PlotArea {
  const area = plotArea(box);
  const size = Math.max(1, Math.min(area.right - area.left, area.bottom - area.top));
  return { ...area, right: area.left + size, bottom: area.top + size };
}

interface PlanePlotProps {
  readonly box: Box;
  readonly report: SliceReport;
  readonly axis: ValueAxis;
  readonly levels: readonly number[];
  /** The point that is pointed at. */
  readonly point: SlicePoint | null;
}

function PlanePlot({ box, report, axis, levels, point }: PlanePlotProps) {
  const area = useMemo(() => squareArea(box), [box]);
  const numbers = Math.floor((area.right - area.left) / (3 * box.rem));
  const rows = Math.min(numbers, rowsIn(area, box.rem));
  return (
    <>
      <Colors area={area} report={report} axis={axis} />
      <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
        <Contours area={area} report={report} levels={levels} />
        <rect
          className="chart-frame"
          x={area.left}
          y={area.top}
          width={area.right - area.left}
          height={area.bottom - area.top}
        />
        <Distances area={area} ticks={distanceTicks(report, rows)} />
        <VerticalLabel area={area} label={text.slice.second} />
        <HorizontalAxis area={area} ticks={distanceTicks(report, numbers)} label={text.slice.first} rem={box.rem} />
        <Marks area={area} report={report} point={point} />
      </svg>
    </>
  );
}

/** Numbers beside a heat map, which has no grid lines. */
function Distances({ area, ticks }: { readonly area: PlotArea; readonly ticks: readonly Tick[] }) {
  return ticks.map(({ value, at, label }) => (
    <text
      key={value}
      className="chart-tick"
      x={area.left - 6}
      y={area.bottom - at * (area.bottom - area.top)}
      textAnchor="end"
      dominantBaseline="central"
    >
      {label}
    </text>
  ));
}

interface ColorsProps {
  readonly area: PlotArea;
  readonly report: SliceReport;
  readonly axis: ValueAxis;
}

/** One canvas pixel a point, scaled up without smoothing: coarse points are large squares. */
const Colors = memo(function Colors({ area, report, axis }: ColorsProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const { side } = report;
  useLayoutEffect(() => {
    ref.current?.getContext('2d')?.putImageData(new ImageData(planePixels(report, axis), side, side), 0, 0);
  }, [report, axis, side]);
  const size = { width: area.right - area.left, height: area.bottom - area.top };
  return (
    <div className="chart-heat" style={{ left: area.left, top: area.top, ...size }}>
      <canvas ref={ref} width={side} height={side} style={size} />
    </div>
  );
});

interface ContoursProps {
  readonly area: PlotArea;
  readonly report: SliceReport;
  readonly levels: readonly number[];
}

const Contours = memo(function Contours({ area, report, levels }: ContoursProps) {
  const lines = useMemo(() => contourLines(report, levels), [report, levels]);
  const path = line()
    .x(([x]) => area.left + x * (area.right - area.left))
    .y(([, y]) => area.top + y * (area.bottom - area.top))
    .digits(1);
  const all = lines.flat().map((part) => path(part) ?? '');
  return (
    <>
      <path className="chart-contour-edge" d={all.join('')} />
      <path className="chart-contour" d={all.join('')} />
    </>
  );
});

interface MarksProps {
  readonly area: PlotArea;
  readonly report: SliceReport;
  readonly point: SlicePoint | null;
}

/** The network as it is, crosses where the loss is not finite, and the point that is pointed at. */
function Marks({ area, report, point }: MarksProps) {
  const cell = (area.right - area.left) / report.side;
  const at = ({ column, row }: Pick<SlicePoint, 'column' | 'row'>) => ({
    x: area.left + (column + 0.5) * cell,
    y: area.bottom - (row + 0.5) * cell,
  });
  const middle = (report.side - 1) / 2;
  const here = at({ column: middle, row: middle });
  const arm = Math.min(4, cell / 3);
  const crosses = overflowsOf(report).map((overflow) => {
    const { x, y } = at(overflow);
    return `M${x - arm},${y - arm}l${2 * arm},${2 * arm}m0,${-2 * arm}l${-2 * arm},${2 * arm}`;
  });
  const size = Math.max(8, cell);
  const pointed = point && at(point);
  return (
    <>
      <path className="chart-overflow" d={crosses.join('')} />
      <circle className="chart-outline" cx={here.x} cy={here.y} r={5} />
      {pointed && (
        <>
          <path
            className="chart-cross-hair"
            d={`M${pointed.x},${area.top}V${area.bottom}M${area.left},${pointed.y}H${area.right}`}
          />
          <rect
            className="chart-outline"
            x={pointed.x - size / 2}
            y={pointed.y - size / 2}
            width={size}
            height={size}
          />
        </>
      )}
    </>
  );
}

/**
 * The colours of a plane, one pixel a point, row-major RGBA from the top, where the second direction ends. A place that is not known
 * has the colour of the coarser point that stands for it; before the first is known all is transparent.
 */
export function planePixels(report: SliceReport, axis: ValueAxis): Uint8ClampedArray<ArrayBuffer> {
  const { side } = report;
  const colored = colorsOn(axis);
  const pixels = new Uint8ClampedArray(side * side * 4);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const point = nearestPoint(report, column, row);
      if (point) pixels.set([...colored(point.loss), 255], ((side - 1 - row) * side + column) * 4);
    }
  }
  return pixels;
}
