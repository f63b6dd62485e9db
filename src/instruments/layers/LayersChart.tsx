import { memo, useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import type { ChartSlots } from '../../plot/Chart.tsx';
import { upTo, useCursor } from '../../plot/cursor.ts';
import { exact } from '../../plot/format.ts';
import { Legend, LineKey, ShapeKey } from '../../plot/legend.tsx';
import { useHover } from '../../plot/linkedHover.ts';
import { networkLooks, networkShapes } from '../../plot/looks.ts';
import { Line, Marks, type Point, Rule } from '../../plot/marks.tsx';
import { Plot } from '../../plot/Plot.tsx';
import { positionAxis, valueAxis } from '../../plot/scale.ts';
import {
  axisWithTheory,
  factorText,
  fitOf,
  type LayerSeries,
  onView,
  phrasesAt,
  pinLines,
  pinsOf,
  placeAt,
  summaryOf,
  tableOf,
  theoryPoints,
  useLinkedPositions,
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
  const axis = useMemo(
    () => (isFitted ? axisWithTheory(series, props.axis) : props.axis),
    [isFitted, series, props.axis],
  );
  const layers = Math.max(0, ...series.map(({ values }) => values.length));
  const cursor = useCursor(upTo(layers), layers > 0 ? 1 : null);
  useHover(slots.title, cursor.isPointing && cursor.at !== null ? placeAt(series, cursor.at) : null);
  return (
    <Plot
      title={slots.title}
      subtitle={slots.subtitle}
      actions={slots.actions}
      x={positionAxis(layers, across)}
      y={valueAxis(axis, quantity)}
      cursor={cursor}
      spoken={(at) => words.spoken(across, at, phrasesAt(series, at))}
      summary={summaryOf(series, isFitted) ?? empty}
      empty={layers === 0 ? empty : null}
      table={() => tableOf(series, quantity)}
      legend={<LayersLegend {...{ series, across, isFitted }} chart={slots.title} at={cursor.at} />}
    >
      <Rule at={cursor.isPointing ? cursor.at : null} />
      <LinkedRules series={series} chart={slots.title} />
      {series
        .filter(({ pin }) => pin !== null)
        .map((each) => (
          <g key={`${each.id} ${each.pin}`}>
            {isFitted && <TheoryLine series={each} />}
            <PinnedLine series={each} />
          </g>
        ))}
      {onView(series)
        .toReversed()
        .map((each) => (
          <LayerMarks key={each.id} series={each} isFitted={isFitted} />
        ))}
    </Plot>
  );
});

/** The layers that are pointed at in another chart. */
function LinkedRules({ series, chart }: Pick<LayersChartProps, 'series'> & { readonly chart: string }) {
  return useLinkedPositions(series, chart).map((at) => <Rule key={at} at={at} />);
}

interface SeriesProps {
  readonly series: LayerSeries;
}

const pointsOf = ({ values }: LayerSeries): Point[] => values.map((value, index) => ({ x: index + 1, y: value }));

/** What was measured at a pinned step: a thin line without marks, whose pattern says which step. */
function PinnedLine({ series }: SeriesProps) {
  const points = useMemo(() => pointsOf(series), [series]);
  return <Line points={points} kind={pinLines[series.pin ?? 0] ?? 'pin-1'} color={networkLooks[series.id].color} />;
}

/** The theory's line of a step, pinned or on view. */
function TheoryLine({ series }: SeriesProps) {
  const points = useMemo(() => theoryPoints(series), [series]);
  return points && <Line points={points} kind="theory" color={networkLooks[series.id].color} />;
}

/** A mark a layer, and the lines through them. Values that are no numbers have hollow ones. */
function LayerMarks({ series, isFitted }: SeriesProps & Pick<LayersChartProps, 'isFitted'>) {
  const { color } = networkLooks[series.id];
  const shape = networkShapes[series.id];
  const points = pointsOf(series);
  const fit = useMemo(() => (isFitted ? fitOf(series) : null), [isFitted, series]);
  return (
    <g>
      {isFitted && <TheoryLine series={series} />}
      {fit && <Line points={fit.points} kind="fit" color={color} />}
      <Marks points={points.filter(({ y }) => Number.isFinite(y))} shape={shape} color={color} />
      <Marks points={points.filter(({ y }) => !Number.isFinite(y))} shape={shape} color={color} isHollow />
    </g>
  );
}

interface LegendProps extends Pick<LayersChartProps, 'series' | 'across' | 'isFitted'> {
  /** What the other charts know this one as. */
  readonly chart: string;
  /** The layer at the cursor. */
  readonly at: number | null;
}

/**
 * Which marks and lines are whose, with the factors of their lines and their value at the cursor, or at the layer that is pointed at in
 * another chart.
 */
function LayersLegend({ series, across, isFitted, chart, at: own }: LegendProps) {
  const [outside] = useLinkedPositions(series, chart);
  const at = outside ?? own;
  const figures = (each: LayerSeries): string => {
    const value = at === null ? undefined : each.values[at - 1];
    return words.figures(value === undefined ? null : exact(value), isFitted ? factorText(each) : null);
  };
  const hasTheory = series.some(({ theory }) => theory !== null);
  const isAtStart = series.some(({ step, values }) => step === 1 && values.length > 0);
  return (
    <Legend
      head={at === null ? '' : words.at(across, at)}
      patterns={
        isFitted && (
          <span className="chart-patterns">
            <LineKey kind="fit" /> {words.fit} {hasTheory && <LineKey kind="theory" />}{' '}
            {hasTheory ? words.theory : isAtStart && words.noTheory(series.flatMap(({ theoryGap }) => theoryGap ?? []))}
          </span>
        )
      }
      items={onView(series).map((each) => ({
        key: each.id,
        look: networkLooks[each.id],
        name: each.name,
        figures: figures(each),
      }))}
      figures="wide"
    >
      {pinsOf(series).map(([pin, pinned]) => (
        <div key={pin} className="flow chart-legend-pin">
          <span className="chart-legend-item">
            <LineKey kind={pinLines[pin] ?? 'pin-1'} /> {words.step(pinned[0]?.step ?? 0)}
          </span>
          {pinned.map((each) => (
            <span key={each.id} className="chart-legend-item">
              <ShapeKey look={networkLooks[each.id]} />
              <span className="chart-figures">{figures(each)}</span>
            </span>
          ))}
        </div>
      ))}
    </Legend>
  );
}
