import { memo, useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import { plotArea } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { type Cursor, upTo, useCursor } from '../../plot/cursor.ts';
import { usePointing } from '../../plot/pointed.ts';
import { positionAt, useSteadyAxis } from '../../plot/scale.ts';
import { LayersPlot } from './LayersPlot.tsx';
import { LayersLegend } from './Legend.tsx';
import { placeAt } from './outside.ts';
import { phrasesAt, summaryOf, tableOf } from './reading.ts';
import { axisWithTheory, type LayerSeries } from './series.ts';

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
