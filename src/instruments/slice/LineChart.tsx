import { line } from 'd3';
import { memo, useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import { HorizontalAxis, VerticalAxis } from '../../plot/Axes.tsx';
import { type Box, type PlotArea, plotArea, rowsIn } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { type Cursor, useCursor } from '../../plot/cursor.ts';
import { ShapeKey } from '../../plot/legend.tsx';
import { networkLooks } from '../../plot/looks.ts';
import { Cross } from '../../plot/marks.tsx';
import { place } from '../../plot/scale.ts';
import { distinct } from '../../records/summary.ts';
import { lossExtent, sliceAxis, sliceTicks } from './contours.ts';
import { distanceOf, overflowsOf, pointsOf, type SliceReport } from './report.ts';
import {
  distanceAt,
  distanceText,
  distanceTicks,
  lineTable,
  lossAt,
  lossText,
  phrasesAt,
  type Slice,
  shareOf,
  summarySentence,
} from './slices.ts';

const words = text.slice;

export interface LineChartProps extends Pick<ChartSlots, 'actions'> {
  /** Along one direction each. */
  readonly slices: readonly Slice[];
  readonly scale: ValueAxis['kind'];
}

/** The loss along a random direction, for every network. */
export const LineChart = memo(function LineChart({ slices, scale, actions }: LineChartProps) {
  const axis = useMemo(() => sliceAxis(lossExtent(slices.map(({ report }) => report)), scale), [slices, scale]);
  const distances = useMemo(() => distancesOf(slices), [slices]);
  const cursor = useCursor(distances, distances.length > 0 ? 0 : null);
  const empty = slices.length > 0 ? words.begun : words.line.empty;
  const sentences = slices.flatMap((slice) => summarySentence(slice) ?? []);
  const steps = distinct(slices.map(({ report }) => report.step));
  const images = distinct(slices.map(({ report }) => report.images));
  return (
    <Chart
      title={words.line.title}
      subtitle={slices.length > 0 ? words.line.begun(images, steps) : words.line.subtitle}
      actions={actions}
      summary={sentences.length > 0 ? sentences.join(' ') : empty}
      empty={distances.length > 0 ? null : empty}
      table={() => lineTable(slices)}
      reading={reading(slices, distances, cursor)}
      legend={() => <Legend slices={slices} at={cursor.at} />}
    >
      {(box) => <LinePlot {...{ box, slices, axis }} cursorAt={cursor.isPointing ? cursor.at : null} />}
    </Chart>
  );
});

/** All distances at which something is known, ascending. */
function distancesOf(slices: readonly Slice[]): number[] {
  const distances = slices.flatMap(({ report }) => pointsOf(report).map(({ column }) => distanceOf(report, column)));
  return [...new Set(distances)].sort((one, other) => one - other);
}

function reading(slices: readonly Slice[], distances: readonly number[], cursor: Cursor): Reading | null {
  if (cursor.at === null) return null;
  return {
    label: text.charts.name(words.line.title),
    min: distances[0] ?? 0,
    max: distances.at(-1) ?? 0,
    now: cursor.at,
    text: words.spoken([distanceText(cursor.at)], phrasesAt(slices, cursor.at)),
    onKey: cursor.onKey,
    onPointAt: (x, _y, box) => {
      const { left, right } = plotArea(box);
      cursor.pointAt(distanceAt(widest(slices), (x - left) / (right - left)));
    },
    onLeave: cursor.leave,
  };
}

/** Which line is whose, with its loss at the cursor. */
function Legend({ slices, at }: { readonly slices: readonly Slice[]; readonly at: number | null }) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{at !== null && words.at([distanceText(at)])}</span>
        {slices.some(({ report }) => overflowsOf(report).length > 0) && (
          <span className="chart-patterns">{words.crosses}</span>
        )}
      </div>
      <div className="chart-legend-items chart-legend-wide">
        {slices.map(({ id, name, report }) => {
          const loss = at === null ? null : lossAt(report, at);
          return (
            <div key={id} className="chart-legend-item">
              <ShapeKey look={networkLooks[id]} />
              <span className="chart-legend-name">{name}</span>
              <span className="chart-note">{words.dimensions(report.parameters)}</span>
              <span className="chart-figures">{loss === null ? text.charts.none : lossText(loss)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface LinePlotProps {
  readonly box: Box;
  readonly slices: readonly Slice[];
  readonly axis: ValueAxis;
  /** The distance that is pointed at. */
  readonly cursorAt: number | null;
}

type Extent = Pick<SliceReport, 'side' | 'radius'>;

/** The slice that reaches farthest: the horizontal axis is its. */
function widest(slices: readonly Slice[]): Extent {
  return slices.reduce<Extent>((far, { report }) => (report.radius > far.radius ? report : far), {
    side: slices[0]?.report.side ?? 3,
    radius: slices[0]?.report.radius ?? 1,
  });
}

function toX(extent: Extent, area: PlotArea, distance: number): number {
  return area.left + shareOf(extent, distance) * (area.right - area.left);
}

function LinePlot({ box, slices, axis, cursorAt }: LinePlotProps) {
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
