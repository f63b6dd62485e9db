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
import { networkLooks, networkShapes } from '../../plot/looks.ts';
import { marksPath } from '../../plot/marks.tsx';
import { usePointing } from '../../plot/pointed.ts';
import { axisTicks, place, positionAt, positionTicks, positionX, useSteadyAxis } from '../../plot/scale.ts';
import {
  axisWithTheory,
  factorText,
  fitOf,
  type LayerPoint,
  type LayerSeries,
  onView,
  phrasesAt,
  pinLines,
  pinsOf,
  placeAt,
  summaryOf,
  tableOf,
  theoryPoints,
  usePositionsOutside,
} from './series.ts';

const words = text.charts.layers;

export interface LayersChartProps extends ChartSlots {
  readonly series: readonly LayerSeries[];
  readonly axis: ValueAxis;
  /** What the values are, with their unit. */
  readonly quantity: string;
  /** What the horizontal axis counts. */
  readonly across: string;
  /** Whether lines are fitted to the logarithms, and theory drawn beside them. */
  readonly isFitted: boolean;
  /** Said while nothing was measured. */
  readonly empty: string;
}

/** One quantity against the layer, a mark for each, for every network. */
export const LayersChart = memo(function LayersChart(props: LayersChartProps) {
  const { series, quantity, across, isFitted, empty, ...slots } = props;
  const axis = useSteadyAxis(
    useMemo(() => (isFitted ? axisWithTheory(series, props.axis) : props.axis), [isFitted, series, props.axis]),
  );
  const layers = Math.max(0, ...series.map(({ values }) => values.length));
  const cursor = useCursor(upTo(layers), layers > 0 ? 1 : null);
  usePointing(slots.title, cursor.isPointing && cursor.at !== null ? placeAt(series, cursor.at) : null);
  return (
    <Chart
      title={slots.title}
      subtitle={slots.subtitle}
      actions={slots.actions}
      summary={summaryOf(series, isFitted) ?? empty}
      empty={layers === 0 ? empty : null}
      table={() => tableOf(series, quantity)}
      reading={reading(props, layers, cursor)}
      legend={() => <LayersLegend {...{ series, across, isFitted }} chart={slots.title} at={cursor.at} />}
    >
      {(box) => (
        <LayersPlot
          {...{ box, series, axis, quantity, across, layers, isFitted }}
          chart={slots.title}
          cursorAt={cursor.isPointing ? cursor.at : null}
        />
      )}
    </Chart>
  );
});

function reading({ series, title, across }: LayersChartProps, layers: number, cursor: Cursor): Reading | null {
  if (cursor.at === null) return null;
  return {
    label: text.charts.name(title),
    min: 1,
    max: layers,
    now: cursor.at,
    text: text.charts.layers.spoken(across, cursor.at, phrasesAt(series, cursor.at)),
    onKey: cursor.onKey,
    onPointAt: (x, _y, box) => cursor.pointAt(positionAt(plotArea(box), layers, x)),
    onLeave: cursor.leave,
  };
}

interface LayersPlotProps {
  readonly box: Box;
  readonly series: readonly LayerSeries[];
  readonly axis: ValueAxis;
  readonly quantity: string;
  readonly across: string;
  /** Of the deepest network. */
  readonly layers: number;
  readonly isFitted: boolean;
  /** What the other charts know this one as. */
  readonly chart: string;
  /** The layer that is pointed at. */
  readonly cursorAt: number | null;
}

interface Plane {
  readonly area: PlotArea;
  readonly axis: ValueAxis;
  readonly layers: number;
}

function valueY({ area, axis }: Plane, value: number): number {
  return area.bottom - place(axis, value).at * (area.bottom - area.top);
}

function LayersPlot(props: LayersPlotProps) {
  const { box, series, axis, quantity, across, layers, isFitted, cursorAt, chart } = props;
  const area = useMemo(() => plotArea(box), [box]);
  const plane: Plane = { area, axis, layers };
  const rows = Math.min(6, rowsIn(area, box.rem));
  const valueTicks = useMemo(() => axisTicks(axis, rows), [axis, rows]);
  const columns = Math.floor((area.right - area.left) / (3 * box.rem));
  const acrossTicks = useMemo(() => positionTicks(area, layers, columns), [area, layers, columns]);
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      <VerticalAxis area={area} ticks={valueTicks} label={quantity} />
      <HorizontalAxis area={area} ticks={acrossTicks} label={across} rem={box.rem} />
      {cursorAt !== null && <LayerLine plane={plane} at={cursorAt} />}
      <OutsideLines series={series} plane={plane} chart={chart} />
      {series.flatMap((each) =>
        each.pin === null
          ? []
          : [
              <g key={`${each.id} ${each.pin}`}>
                {isFitted && <TheoryLine series={each} plane={plane} />}
                <PinnedLine series={each} plane={plane} />
              </g>,
            ],
      )}
      {onView(series)
        .toReversed()
        .map((each) => (
          <Marks key={each.id} series={each} plane={plane} isFitted={isFitted} />
        ))}
    </svg>
  );
}

function LayerLine({ plane, at }: { readonly plane: Plane; readonly at: number }) {
  const x = positionX(plane.area, plane.layers, at);
  return <line className="chart-cursor" x1={x} x2={x} y1={plane.area.top} y2={plane.area.bottom} />;
}

interface OutsideLinesProps extends Pick<LayersPlotProps, 'series' | 'chart'> {
  readonly plane: Plane;
}

/** The layers that are pointed at in another chart. */
function OutsideLines({ series, plane, chart }: OutsideLinesProps) {
  return usePositionsOutside(series, chart).map((at) => <LayerLine key={at} plane={plane} at={at} />);
}

function pathOf(points: readonly LayerPoint[], plane: Plane): string {
  const path = line<LayerPoint>()
    .x((point) => positionX(plane.area, plane.layers, point.layer))
    .y((point) => valueY(plane, point.value))
    .defined((point) => place(plane.axis, point.value).mark === 'value')
    .digits(1);
  return path(points) ?? '';
}

/** What was measured at a pinned step: a thin line without marks, whose pattern says which step. */
function PinnedLine({ series, plane }: Pick<MarksProps, 'series' | 'plane'>) {
  const points = series.values.map((value, index) => ({ layer: index + 1, value }));
  const pattern = pinLines[series.pin ?? 0] ?? 'pin-1';
  return (
    <path
      className={`chart-line chart-line-${pattern}`}
      d={pathOf(points, plane)}
      stroke={networkLooks[series.id].color}
    />
  );
}

/** The theory's line of a step, pinned or on view. */
function TheoryLine({ series, plane }: Pick<MarksProps, 'series' | 'plane'>) {
  const points = theoryPoints(series);
  if (!points) return null;
  return (
    <path className="chart-line chart-line-theory" d={pathOf(points, plane)} stroke={networkLooks[series.id].color} />
  );
}

interface MarksProps {
  readonly series: LayerSeries;
  readonly plane: Plane;
  readonly isFitted: boolean;
}

/** Square pixels that a mark covers. */
const MARK_AREA = 25;

/** A mark a layer, and the lines through them. Values without a place on the axis lie on its edge; those that are no numbers are hollow. */
function Marks({ series, plane, isFitted }: MarksProps) {
  const look = networkLooks[series.id];
  const fit = isFitted ? fitOf(series) : null;
  /** Marks of the values that pass. */
  const at = (passes: (value: number) => boolean) => {
    const places = series.values.flatMap((value, index) =>
      passes(value) ? [{ x: positionX(plane.area, plane.layers, index + 1), y: valueY(plane, value) }] : [],
    );
    return marksPath(networkShapes[series.id], MARK_AREA, places);
  };
  return (
    <g>
      {isFitted && <TheoryLine series={series} plane={plane} />}
      {fit && <path className="chart-line chart-line-fit" d={pathOf(fit.points, plane)} stroke={look.color} />}
      <path className="chart-mark" d={at(Number.isFinite)} fill={look.color} stroke={look.color} />
      <path className="chart-mark" d={at((value) => !Number.isFinite(value))} fill="none" stroke={look.color} />
    </g>
  );
}

interface LegendProps {
  readonly series: readonly LayerSeries[];
  /** What the horizontal axis counts. */
  readonly across: string;
  readonly isFitted: boolean;
  /** The layer at the cursor. */
  readonly at: number | null;
}

/** The legend with the values at the cursor, or at the layer that is pointed at in another chart. */
function LayersLegend({ chart, ...props }: LegendProps & { readonly chart: string }) {
  const [outside] = usePositionsOutside(props.series, chart);
  return <Legend {...props} at={outside ?? props.at} />;
}

/** Which marks and lines are whose, with their value at the cursor and the factors of their lines. */
const Legend = memo(function Legend({ series, across, isFitted, at }: LegendProps) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{at !== null && words.at(across, at)}</span>
        {isFitted && (
          <span className="chart-patterns">
            <LineKey kind="fit" /> {words.fit}{' '}
            {series.some(({ theory }) => theory !== null) && (
              <>
                <LineKey kind="theory" /> {words.theory}
              </>
            )}
          </span>
        )}
      </div>
      <div className="chart-legend-items chart-legend-wide">
        {onView(series).map((each) => (
          <div key={each.id} className="chart-legend-item">
            <ShapeKey look={networkLooks[each.id]} />
            <span className="chart-legend-name">{each.name}</span>
            <Figures series={each} at={at} isFitted={isFitted} />
          </div>
        ))}
      </div>
      {pinsOf(series).map(([pin, pinned]) => (
        <div key={pin} className="chart-legend-pin">
          <span className="chart-legend-item">
            <LineKey kind={pinLines[pin] ?? 'pin-1'} /> {words.step(pinned[0]?.step ?? 0)}
          </span>
          {pinned.map((each) => (
            <span key={each.id} className="chart-legend-item">
              <ShapeKey look={networkLooks[each.id]} />
              <Figures series={each} at={at} isFitted={isFitted} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
});

function Figures({ series, at, isFitted }: Pick<LegendProps, 'at' | 'isFitted'> & { readonly series: LayerSeries }) {
  const value = at === null ? undefined : series.values[at - 1];
  return (
    <span className="chart-figures">
      {words.figures(value === undefined ? null : exact(value), isFitted ? factorText(series) : null)}
    </span>
  );
}
