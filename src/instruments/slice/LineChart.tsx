import { memo, useMemo } from 'react';
import { laterText } from '../../messages/laterText.ts';
import { text } from '../../messages/messages.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import type { ChartSlots } from '../../plot/Chart.tsx';
import { useCursor } from '../../plot/cursor.ts';
import { Legend } from '../../plot/legend.tsx';
import { networkLooks, networkShapes } from '../../plot/looks.ts';
import { Cross, Line, Marks, Rule } from '../../plot/marks.tsx';
import { Plot } from '../../plot/Plot.tsx';
import { usePlane } from '../../plot/plane.tsx';
import { valueAxis } from '../../plot/scale.ts';
import { distinct } from '../../records/summary.ts';
import { lossExtent, lossLabels, sliceAxis } from './contours.ts';
import { distanceOf, overflowsOf, pointsOf, type SliceReport } from './report.ts';
import {
  distanceText,
  lineTable,
  lossAt,
  lossText,
  phrasesAt,
  type Slice,
  summarySentence,
  useDistanceAxis,
} from './slices.ts';

const words = laterText.slice;

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
  const { side, radius } = widest(slices);
  return (
    <Plot
      title={words.line.title}
      subtitle={slices.length > 0 ? words.line.begun(images, steps) : words.line.subtitle}
      actions={actions}
      x={useDistanceAxis(side, radius, words.first)}
      y={valueAxis(axis, words.loss, lossLabels)}
      cursor={cursor}
      min={distances[0] ?? 0}
      max={distances.at(-1) ?? 0}
      spoken={(at) => words.spoken([distanceText(at)], phrasesAt(slices, at))}
      summary={sentences.length > 0 ? sentences.join(' ') : empty}
      empty={distances.length > 0 ? null : empty}
      table={() => lineTable(slices)}
      legend={
        <Legend
          head={cursor.at === null ? '' : words.at([distanceText(cursor.at)])}
          patterns={
            slices.some(({ report }) => overflowsOf(report).length > 0) && (
              <span className="chart-patterns">{words.crosses}</span>
            )
          }
          items={slices.map(({ id, name, report }) => {
            const loss = cursor.at === null ? null : lossAt(report, cursor.at);
            return {
              key: id,
              look: networkLooks[id],
              name,
              note: words.dimensions(report.parameters),
              figures: loss === null ? text.charts.none : lossText(loss),
            };
          })}
          figures="wide"
        />
      }
    >
      <Here isNamed={slices.length > 0} />
      <Rule at={cursor.isPointing ? cursor.at : null} />
      {slices.toReversed().map((slice) => (
        <Losses key={slice.id} slice={slice} />
      ))}
    </Plot>
  );
});

/** All distances at which something is known, ascending. */
function distancesOf(slices: readonly Slice[]): number[] {
  return distinct(slices.flatMap(({ report }) => pointsOf(report).map(({ column }) => distanceOf(report, column))));
}

/** The slice that reaches farthest: the horizontal axis is its. */
function widest(slices: readonly Slice[]): Pick<SliceReport, 'side' | 'radius'> {
  const [first = { side: 3, radius: 1 }, ...others] = slices.map(({ report }) => report);
  return others.reduce<Pick<SliceReport, 'side' | 'radius'>>(
    (far, report) => (report.radius > far.radius ? report : far),
    first,
  );
}

/** Where the network is as it is. */
function Here({ isNamed }: { readonly isNamed: boolean }) {
  const { area, x, rem } = usePlane();
  const { px } = x.at(0);
  return (
    <>
      <line className="chart-grid" x1={px} x2={px} y1={area.top} y2={area.bottom} />
      {isNamed && (
        <text className="chart-note-text" fill="var(--ink)" x={px} y={area.top + 0.9 * rem} textAnchor="middle">
          {words.here}
        </text>
      )}
    </>
  );
}

/** Room above what is not finite, in pixels. */
const CROSS_ROOM = 24;
/** Square pixels of a mark. */
const MARK_SIZE = 10;

/** A line through what is known, with a mark for every point, so that it shows how coarse it is. It breaks where a loss is not finite. */
function Losses({ slice: { id, report } }: { readonly slice: Slice }) {
  const { area, x, y } = usePlane();
  const look = networkLooks[id];
  const { min } = y.axis;
  const points = useMemo(
    () =>
      pointsOf(report).map(({ column, loss }) => ({
        x: distanceOf(report, column),
        // A loss of 0 has no logarithm: it lies on the edge.
        y: Number.isFinite(loss) ? Math.max(min, loss) : Number.NaN,
      })),
    [report, min],
  );
  return (
    <g>
      <Line points={points} kind="fit" color={look.color} />
      <Marks
        points={points.filter((point) => Number.isFinite(point.y))}
        shape={networkShapes[id]}
        color={look.color}
        size={MARK_SIZE}
      />
      {points
        .filter((point) => Number.isNaN(point.y))
        .map((point) => (
          <Cross key={point.x} look={look} x={x.at(point.x).px} y={area.top + CROSS_ROOM} />
        ))}
    </g>
  );
}
