import { line } from 'd3';
import { text } from '../../messages/messages.ts';
import { HorizontalAxis, VerticalAxis } from '../../plot/Axes.tsx';
import { type Box, type PlotArea, plotArea, rowsIn } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { networkLooks } from '../../plot/looks.ts';
import { Cross } from '../../plot/marks.tsx';
import { place } from '../../plot/scale.ts';
import { sliceTicks } from './axis.ts';
import { distanceOf, type SliceReport } from './report.ts';
import { distanceTicks, pointsOf, type Slice, shareOf } from './slices.ts';

interface LinePlotProps {
  readonly box: Box;
  readonly slices: readonly Slice[];
  readonly axis: ValueAxis;
  /** The distance that is pointed at. */
  readonly cursorAt: number | null;
}

type Extent = Pick<SliceReport, 'side' | 'radius'>;

/** The slice that reaches farthest: the horizontal axis is its. */
export function widest(slices: readonly Slice[]): Extent {
  return slices.reduce<Extent>((far, { report }) => (report.radius > far.radius ? report : far), {
    side: slices[0]?.report.side ?? 3,
    radius: slices[0]?.report.radius ?? 1,
  });
}

function toX(extent: Extent, area: PlotArea, distance: number): number {
  return area.left + shareOf(extent, distance) * (area.right - area.left);
}

export function LinePlot({ box, slices, axis, cursorAt }: LinePlotProps) {
  const area = plotArea(box);
  const extent = widest(slices);
  const columns = Math.floor((area.right - area.left) / (4 * box.rem));
  const x = cursorAt === null ? null : toX(extent, area, cursorAt);
  const middle = toX(extent, area, 0);
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      <VerticalAxis area={area} ticks={sliceTicks(axis, Math.min(6, rowsIn(area, box.rem)))} label={text.slice.loss} />
      <HorizontalAxis area={area} ticks={distanceTicks(extent, columns)} label={text.slice.first} rem={box.rem} />
      <line className="chart-grid" x1={middle} x2={middle} y1={area.top} y2={area.bottom} />
      {slices.length > 0 && (
        <text className="chart-note-text" x={middle} y={area.top + 0.9 * box.rem} textAnchor="middle">
          {text.slice.here}
        </text>
      )}
      {x !== null && <line className="chart-cursor" x1={x} x2={x} y1={area.top} y2={area.bottom} />}
      {slices.toReversed().map((slice) => (
        <Points key={slice.id} slice={slice} toPlace={placing(slice.report, extent, area, axis)} />
      ))}
    </svg>
  );
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly overflows: boolean;
}

/** Room above what is not finite, in pixels. */
const CROSS_ROOM = 24;

function placing(report: SliceReport, extent: Extent, area: PlotArea, axis: ValueAxis) {
  return (column: number, loss: number): Place => {
    const x = toX(extent, area, distanceOf(report, column));
    const overflows = !Number.isFinite(loss);
    const y = overflows ? area.top + CROSS_ROOM : area.bottom - place(axis, loss).at * (area.bottom - area.top);
    return { x, y, overflows };
  };
}

interface PointsProps {
  readonly slice: Slice;
  readonly toPlace: (column: number, loss: number) => Place;
}

/** A line through what is known, with a mark for every point, so that it shows how coarse it is. It breaks where a loss is not finite. */
function Points({ slice: { id, report }, toPlace }: PointsProps) {
  const look = networkLooks[id];
  const points = pointsOf(report).map(({ column, loss }) => ({ column, ...toPlace(column, loss) }));
  const path = line<Place>()
    .x((point) => point.x)
    .y((point) => point.y)
    .defined((point) => !point.overflows)
    .digits(1);
  return (
    <g>
      <path className="chart-line chart-line-fit" d={path(points) ?? ''} stroke={look.color} />
      {points.map(({ column, x, y, overflows }) =>
        overflows ? (
          <Cross key={column} look={look} x={x} y={y} />
        ) : (
          <path
            key={column}
            className="chart-mark"
            d={look.shape}
            fill={look.color}
            stroke={look.color}
            transform={`translate(${x},${y}) scale(0.5)`}
          />
        ),
      )}
    </g>
  );
}
