import { memo, useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import { plotArea } from '../../plot/area.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { type Cursor, upTo, useCursor } from '../../plot/cursor.ts';
import { exact } from '../../plot/format.ts';
import { LineKey, ShapeKey } from '../../plot/legend.tsx';
import { networkLooks } from '../../plot/looks.ts';
import { positionAt } from '../../plot/scale.ts';
import type { Likeness } from './autocorrelation.ts';
import { LagsPlot } from './LagsPlot.tsx';
import {
  LAGS,
  type LagSeries,
  type LineNetwork,
  lagAxis,
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
