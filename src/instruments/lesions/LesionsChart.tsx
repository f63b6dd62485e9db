import { memo, useMemo } from 'react';
import { errorY, type FinalPlane, placeAt, placeTicks, placeX } from '../../figure/final/geometry.ts';
import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import { HorizontalAxis, VerticalAxis } from '../../plot/Axes.tsx';
import { type Box, plotArea, rowsIn } from '../../plot/area.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { type Cursor, useCursor } from '../../plot/cursor.ts';
import { LineKey, ShapeKey } from '../../plot/legend.tsx';
import { type Look, networkLooks } from '../../plot/looks.ts';
import { percentTicks } from '../../plot/scale.ts';
import {
  CHANCE,
  errorLine,
  type LesionMeasure,
  type LesionSeries,
  type LesionsAbout,
  type Operation,
  phrasesAt,
  placesOf,
  summarySentence,
  tableOf,
} from './series.ts';

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

interface LesionsPlotProps {
  readonly box: Box;
  readonly plane: FinalPlane;
  readonly series: readonly LesionSeries[];
  readonly operation: Operation;
  readonly measure: LesionMeasure;
  /** The place that is pointed at. */
  readonly cursorAt: number | null;
}

/** A mark for every lesion, and the errors of the whole networks as dashed lines. */
function LesionsPlot({ box, plane, series, operation, measure, cursorAt }: LesionsPlotProps) {
  const { area, axis, ends } = plane;
  const places = Array.from({ length: ends[1] }, (_, index) => index + 1);
  const x = cursorAt === null ? null : placeX(plane, cursorAt);
  const chance = errorY(plane, CHANCE);
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      <VerticalAxis
        area={area}
        ticks={percentTicks(axis, Math.min(6, rowsIn(area, box.rem)))}
        label={text.lesions.axis[measure]}
      />
      <HorizontalAxis
        area={area}
        ticks={placeTicks(plane, places, String, 1.8 * box.rem)}
        label={text.lesions.across[operation]}
        rem={box.rem}
      />
      <line
        className="chart-line chart-line-chance"
        x1={area.left}
        x2={area.right}
        y1={chance}
        y2={chance}
        stroke="var(--ink-soft)"
      />
      {x !== null && <line className="chart-cursor" x1={x} x2={x} y1={area.top} y2={area.bottom} />}
      {series.toReversed().map((each) => (
        <Marks key={each.id} series={each} plane={plane} measure={measure} />
      ))}
    </svg>
  );
}

interface MarksProps extends Pick<LesionsPlotProps, 'plane' | 'measure'> {
  readonly series: LesionSeries;
}

function Marks({ series: { id, whole, lesions }, plane, measure }: MarksProps) {
  const look = networkLooks[id];
  const { left, right } = plane.area;
  const base = whole && errorY(plane, whole[measure]);
  return (
    <g>
      {base !== null && (
        <line className="chart-line chart-line-theory" x1={left} x2={right} y1={base} y2={base} stroke={look.color} />
      )}
      <path className="chart-line chart-line-run" d={errorLine(lesions, measure, plane)} stroke={look.color} />
      {lesions.map((lesion) => (
        <g key={lesion.at} transform={`translate(${placeX(plane, lesion.at)},${errorY(plane, lesion[measure])})`}>
          <Mark look={look} isHollow={lesion.changesShape} />
        </g>
      ))}
    </g>
  );
}

interface MarkProps {
  readonly look: Look;
  /** Where the lesion changes the shape. */
  readonly isHollow: boolean;
}

/** The mark of a lesion around the origin, in the plot and in the legend. */
function Mark({ look, isHollow }: MarkProps) {
  return (
    <path
      className="chart-mark chart-mark-lesion"
      d={look.shape}
      fill={isHollow ? 'var(--panel)' : look.color}
      stroke={look.color}
    />
  );
}
