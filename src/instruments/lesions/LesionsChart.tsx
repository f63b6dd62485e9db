import { memo, useMemo } from 'react';
import { type FinalPlane, placeAt } from '../../figure/final/geometry.ts';
import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import { type Box, plotArea } from '../../plot/area.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { type Cursor, useCursor } from '../../plot/cursor.ts';
import { LineKey, ShapeKey } from '../../plot/legend.tsx';
import { networkLooks } from '../../plot/looks.ts';
import { LesionsPlot } from './LesionsPlot.tsx';
import { Mark } from './Mark.tsx';
import { phrasesAt, summarySentence, tableOf } from './reading.ts';
import { type LesionSeries, type LesionsAbout, placesOf } from './series.ts';

const words = text.lesions;

export interface LesionsChartProps extends ChartSlots, LesionsAbout {
  readonly series: readonly LesionSeries[];
  /** Blocks and lone convs of the largest network: where the horizontal axis ends. */
  readonly units: number;
  /** Said while there is no lesion. */
  readonly empty: string;
}

/** The error of every network against the place of a lesion, beside its error as a whole. */
export const LesionsChart = memo(function LesionsChart(props: LesionsChartProps) {
  const { series, operation, measure, empty } = props;
  const places = useMemo(() => placesOf(series), [series]);
  const cursor = useCursor(places, places[0] ?? null);
  const planeOf = (box: Box): FinalPlane => ({
    area: plotArea(box),
    axis: { kind: 'linear', min: 0, max: 1 },
    scale: 'linear',
    ends: [1, Math.max(1, props.units)],
  });
  return (
    <Chart
      title={props.title}
      subtitle={props.subtitle}
      actions={props.actions}
      summary={summarySentence(series, props) ?? empty}
      empty={places.length === 0 ? empty : null}
      table={() => tableOf(series)}
      reading={reading(props, cursor, planeOf)}
      legend={() => <Legend {...{ series, operation, measure }} at={cursor.at} />}
    >
      {(box) => (
        <LesionsPlot
          {...{ box, series, operation, measure }}
          plane={planeOf(box)}
          cursorAt={cursor.isPointing ? cursor.at : null}
        />
      )}
    </Chart>
  );
});

function reading(
  { series, operation, measure, title, units }: LesionsChartProps,
  cursor: Cursor,
  planeOf: (box: Box) => FinalPlane,
): Reading | null {
  if (cursor.at === null) return null;
  return {
    label: text.charts.name(title),
    min: 1,
    max: units,
    now: cursor.at,
    text: words.spoken(words.at(operation, cursor.at), phrasesAt(series, measure, cursor.at)),
    onKey: cursor.onKey,
    onPointAt: (x, _y, box) => cursor.pointAt(placeAt(planeOf(box), x)),
    onLeave: cursor.leave,
  };
}

interface LegendProps extends Pick<LesionsChartProps, 'series' | 'operation' | 'measure'> {
  readonly at: number | null;
}

/** Which marks are whose, with their error at the cursor. */
const Legend = memo(function Legend({ series, operation, measure, at }: LegendProps) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{at !== null && words.at(operation, at)}</span>
        <span className="chart-keys">
          <span className="chart-patterns">
            <LineKey kind="theory" /> {words.whole}
          </span>
          <span className="chart-patterns">
            <LineKey kind="chance" /> {words.chance}
          </span>
          <HollowKeys series={series} />
        </span>
      </div>
      <div className="chart-legend-items chart-legend-wide">
        {series.map(({ id, name, whole, lesions }) => {
          const found = lesions.find((lesion) => lesion.at === at);
          return (
            <div key={id} className="chart-legend-item">
              <ShapeKey look={networkLooks[id]} />
              <span className="chart-legend-name">{name}</span>
              <span className="chart-figures">
                {whole && words.figures(found ? percent(found[measure]) : words.none, percent(whole[measure]))}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
});

/** What hollow marks say, beside those of each network that has some. */
function HollowKeys({ series }: Pick<LesionsChartProps, 'series'>) {
  const hollow = series.filter(({ lesions }) => lesions.some(({ changesShape }) => changesShape));
  if (hollow.length === 0) return null;
  return (
    <span className="chart-patterns">
      {hollow.map(({ id }) => (
        <svg key={id} className="chart-key-shape" viewBox="-6 -6 12 12" aria-hidden="true">
          <Mark look={networkLooks[id]} isHollow />
        </svg>
      ))}
      {words.changesShape}
    </span>
  );
}
