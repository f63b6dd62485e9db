import { line } from 'd3';
import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import { text } from '../../messages/messages.ts';
import { HorizontalAxis, VerticalLabel } from '../../plot/Axes.tsx';
import { type Box, type PlotArea, plotArea, rowsIn } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import type { Tick } from '../../plot/scale.ts';
import { contourLines } from './contours.ts';
import { planePixels } from './paint.ts';
import type { SliceReport } from './report.ts';
import { distanceTicks, overflowsOf, type SlicePoint } from './slices.ts';

/** The largest square in the plot: both directions have the same scale. */
export function squareArea(box: Box): PlotArea {
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

export function PlanePlot({ box, report, axis, levels, point }: PlanePlotProps) {
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
