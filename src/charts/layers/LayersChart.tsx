import { memo, useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import { exact } from '../format/number.ts';
import { Chart, type ChartSlots, type Reading } from '../frame/Chart.tsx';
import { upTo } from '../frame/cursor.ts';
import { plotArea } from '../frame/plotArea.ts';
import { positionAt } from '../frame/positions.ts';
import { LineKey, ShapeKey } from '../frame/Shape.tsx';
import { type Cursor, useCursor } from '../frame/useCursor.ts';
import { usePointing } from '../frame/usePointed.ts';
import { networkLooks } from '../network.ts';
import type { ValueAxis } from '../scale/axis.ts';
import { useSteadyAxis } from '../scale/useSteadyAxis.ts';
import { LayersPlot } from './LayersPlot.tsx';
import { placeAt, usePositionsOutside } from './outside.ts';
import { factorText, phrasesAt, summarySentence, tableOf } from './reading.ts';
import { axisWithTheory, type LayerSeries } from './series.ts';

export interface LayersChartProps extends ChartSlots {
  readonly series: readonly LayerSeries[];
  readonly axis: ValueAxis;
  /** What the values are, with their unit. */
  readonly quantity: string;
  /** What the horizontal axis counts. */
  readonly across: string;
  /** The steps they were measured at. */
  readonly steps: readonly number[];
  /** Whether lines are fitted to the logarithms, and theory drawn beside them. */
  readonly isFitted: boolean;
  /** Said while nothing was measured. */
  readonly empty: string;
}

/** One quantity against the layer, a mark for each, for every network. */
export const LayersChart = memo(function LayersChart(props: LayersChartProps) {
  const { series, quantity, across, steps, isFitted, empty, ...slots } = props;
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
      summary={summarySentence(series, steps, isFitted) ?? empty}
      empty={layers === 0 ? empty : null}
      table={() => tableOf(series, quantity)}
      reading={reading(props, layers, cursor)}
      legend={() => <LayerLegend {...{ series, across, isFitted }} chart={slots.title} at={cursor.at} />}
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

interface LegendProps extends Pick<LayersChartProps, 'series' | 'across' | 'isFitted'> {
  readonly at: number | null;
}

/** The legend with the values at the cursor, or at the layer that is pointed at in another chart. */
function LayerLegend({ chart, ...props }: LegendProps & { readonly chart: string }) {
  const [outside] = usePositionsOutside(props.series, chart);
  return <Legend {...props} at={outside ?? props.at} />;
}

function valueText({ values }: LayerSeries, at: number | null): string | null {
  const value = at === null ? undefined : values[at - 1];
  return value === undefined ? null : exact(value);
}

/** Which marks are whose, with their value at the cursor and the factors of their lines. */
const Legend = memo(function Legend({ series, across, isFitted, at }: LegendProps) {
  const words = text.charts.layers;
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{at !== null && words.at(across, at)}</span>
        {isFitted && (
          <span className="chart-patterns">
            <LineKey kind="fit" /> {words.fit} <LineKey kind="theory" /> {words.theory}
          </span>
        )}
      </div>
      <div className="chart-legend-items chart-legend-wide">
        {series.map((each) => (
          <div key={each.id} className="chart-legend-item">
            <ShapeKey look={networkLooks[each.id]} />
            <span className="chart-legend-name">{each.name}</span>
            <span className="chart-figures">
              {words.figures(valueText(each, at), isFitted ? factorText(each) : null)}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
});
