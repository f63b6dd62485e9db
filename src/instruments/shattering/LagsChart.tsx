import { line } from 'd3';
import { memo, useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import { HorizontalAxis, VerticalAxis } from '../../plot/Axes.tsx';
import { type Box, type PlotArea, plotArea, rowsIn } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { type Cursor, upTo, useCursor } from '../../plot/cursor.ts';
import { exact } from '../../plot/format.ts';
import { LineKey, ShapeKey } from '../../plot/legend.tsx';
import { networkLooks } from '../../plot/looks.ts';
import { axisTicks, place, positionAt, positionTicks, positionX } from '../../plot/scale.ts';
import type { Likeness } from './autocorrelation.ts';
import {
  LAGS,
  type LagSeries,
  type LineNetwork,
  lagAxis,
  type Noise,
  networkSeries,
  noiseSeries,
  noises,
  phrasesAt,
  summarySentence,
  tableOf,
} from './lags.ts';

const words = text.shattering.lags;

const positions = upTo(LAGS);

export interface LagsChartProps extends Omit<ChartSlots, 'title'> {
  readonly networks: readonly LineNetwork[];
  readonly likeness: Likeness;
  /** The steps at which the gradients were computed. */
  readonly steps: readonly number[];
}

/** How alike the gradients are at points of a line, against how far apart the points are, beside two noises. */
export const LagsChart = memo(function LagsChart({ networks, likeness, steps, ...slots }: LagsChartProps) {
  const series = useMemo(() => networkSeries(networks, likeness), [networks, likeness]);
  const noise = useMemo(
    () => ({ white: noiseSeries('white', likeness), brown: noiseSeries('brown', likeness) }),
    [likeness],
  );
  const all = [...series, noise.white, noise.brown];
  const axis = useMemo(() => lagAxis([...series, noise.white, noise.brown]), [series, noise]);
  const isEmpty = series.length === 0;
  const cursor = useCursor(positions, isEmpty ? null : 1);
  return (
    <Chart
      title={words.title}
      subtitle={slots.subtitle}
      actions={slots.actions}
      summary={summarySentence(series, [noise.white, noise.brown], likeness, steps) ?? text.shattering.empty}
      empty={isEmpty ? text.shattering.empty : null}
      table={() => tableOf(networks)}
      reading={reading(all, cursor)}
      legend={() => <Legend series={series} noise={noise} at={cursor.at} />}
    >
      {(box) => (
        <LagsPlot
          {...{ box, noise, axis }}
          networks={series}
          quantity={words.axes[likeness]}
          across={words.across}
          cursorAt={cursor.isPointing ? cursor.at : null}
        />
      )}
    </Chart>
  );
});

function reading(series: readonly LagSeries[], cursor: Cursor): Reading | null {
  if (cursor.at === null) return null;
  return {
    label: text.charts.name(words.title),
    min: 1,
    max: LAGS,
    now: cursor.at,
    text: words.spoken(cursor.at, phrasesAt(series, cursor.at)),
    onKey: cursor.onKey,
    onPointAt: (x, _y, box) => cursor.pointAt(positionAt(plotArea(box), LAGS, x)),
    onLeave: cursor.leave,
  };
}

interface LegendProps {
  readonly series: readonly LagSeries[];
  readonly noise: Readonly<Record<(typeof noises)[number], LagSeries>>;
  readonly at: number | null;
}

function valueText({ values }: LagSeries, at: number | null): string {
  return at === null ? '' : exact(values[at - 1] ?? Number.NaN);
}

/** Which lines are whose, with their values at the cursor. */
function Legend({ series, noise, at }: LegendProps) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{at !== null && words.lag(at)}</span>
        {noises.map((kind) => (
          <span key={kind} className="chart-patterns">
            <LineKey kind={kind} /> {words.phrase(noise[kind].name, valueText(noise[kind], at))}
          </span>
        ))}
      </div>
      <div className="chart-legend-items">
        {series.map((each) => (
          <div key={each.id} className="chart-legend-item">
            {each.id && <ShapeKey look={networkLooks[each.id]} />}
            <span className="chart-legend-name">{each.name}</span>
            <span className="chart-figures">{valueText(each, at)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

interface Plane {
  readonly area: PlotArea;
  readonly axis: ValueAxis;
}

interface LagsPlotProps {
  readonly box: Box;
  readonly networks: readonly LagSeries[];
  readonly noise: Readonly<Record<Noise, LagSeries>>;
  readonly axis: ValueAxis;
  readonly quantity: string;
  readonly across: string;
  /** The lag that is pointed at. */
  readonly cursorAt: number | null;
}

function LagsPlot({ box, networks, noise, axis, quantity, across, cursorAt }: LagsPlotProps) {
  const area = useMemo(() => plotArea(box), [box]);
  const plane: Plane = { area, axis };
  const x = cursorAt === null ? null : positionX(area, LAGS, cursorAt);
  const labels = Math.floor((area.right - area.left) / (3 * box.rem));
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      <VerticalAxis area={area} ticks={axisTicks(axis, Math.min(6, rowsIn(area, box.rem)))} label={quantity} />
      <HorizontalAxis area={area} ticks={positionTicks(area, LAGS, labels)} label={across} rem={box.rem} />
      {x !== null && <line className="chart-cursor" x1={x} x2={x} y1={area.top} y2={area.bottom} />}
      <path className="chart-line chart-line-white" d={pathOf(noise.white.values, plane)} />
      <path className="chart-line chart-line-brown" d={pathOf(noise.brown.values, plane)} />
      {networks.toReversed().map((each) => (
        <Marks key={each.id} series={each} plane={plane} />
      ))}
    </svg>
  );
}

function valueY({ area, axis }: Plane, value: number): number {
  return area.bottom - place(axis, value).at * (area.bottom - area.top);
}

function pathOf(values: readonly number[], plane: Plane): string {
  const path = line<number>()
    .x((_, index) => positionX(plane.area, LAGS, index + 1))
    .y((value) => valueY(plane, value))
    .defined(Number.isFinite)
    .digits(1);
  return path(values) ?? '';
}

/** A mark a lag, and the line through them. */
function Marks({ series: { id, values }, plane }: { readonly series: LagSeries; readonly plane: Plane }) {
  if (id === null) return null;
  const { color, shape } = networkLooks[id];
  return (
    <g>
      <path className="chart-line" d={pathOf(values, plane)} stroke={color} />
      {values.map((value, index) =>
        Number.isFinite(value) ? (
          <path
            key={index}
            className="chart-mark"
            d={shape}
            fill={color}
            stroke={color}
            transform={`translate(${positionX(plane.area, LAGS, index + 1)},${valueY(plane, value)}) scale(0.7)`}
          />
        ) : null,
      )}
    </g>
  );
}
