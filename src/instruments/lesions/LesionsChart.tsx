import { memo, useMemo } from 'react';
import { percent } from '../../messages/format.ts';
import { laterText } from '../../messages/laterText.ts';
import type { ChartSlots } from '../../plot/Chart.tsx';
import { useCursor } from '../../plot/cursor.ts';
import { Legend, LineKey } from '../../plot/legend.tsx';
import { type Look, networkLooks } from '../../plot/looks.ts';
import { Level, Line, Rule } from '../../plot/marks.tsx';
import { Plot } from '../../plot/Plot.tsx';
import { usePlane } from '../../plot/plane.tsx';
import { errorAxis, usePlaceAxis } from '../../plot/scale.ts';
import {
  CHANCE,
  errorPoints,
  type LesionSeries,
  type LesionsAbout,
  phrasesAt,
  placesOf,
  summarySentence,
  tableOf,
} from './series.ts';

const words = laterText.lesions;

/** Lesions go as far as knowing nothing. */
const range = { kind: 'linear', min: 0, max: 1 } as const;

export interface LesionsChartProps extends ChartSlots, LesionsAbout {
  readonly series: readonly LesionSeries[];
  /** Blocks and lone convs of the largest network: where the horizontal axis ends. */
  readonly units: number;
  /** Said while there is no lesion. */
  readonly empty: string;
}

/** The error of every network against the place of a lesion, beside its error as a whole. */
export const LesionsChart = memo(function LesionsChart(props: LesionsChartProps) {
  const { series, operation, measure, units, empty } = props;
  const places = useMemo(() => placesOf(series), [series]);
  const cursor = useCursor(places, places[0] ?? null);
  const all = useMemo(() => Array.from({ length: Math.max(1, units) }, (_, index) => index + 1), [units]);
  return (
    <Plot
      title={props.title}
      subtitle={props.subtitle}
      actions={props.actions}
      x={usePlaceAxis({ places: all, kind: 'linear', name: String }, words.across[operation])}
      y={errorAxis(range, words.axis[measure])}
      cursor={cursor}
      spoken={(at) => words.spoken(words.at(operation, at), phrasesAt(series, measure, at))}
      summary={summarySentence(series, props) ?? empty}
      empty={places.length === 0 ? empty : null}
      table={() => tableOf(series)}
      legend={<LesionsLegend {...{ series, operation, measure }} at={cursor.at} />}
    >
      <Level at={CHANCE} kind="chance" color="var(--ink-soft)" />
      <Rule at={cursor.isPointing ? cursor.at : null} />
      {series.toReversed().map((each) => (
        <Errors key={each.id} series={each} measure={measure} />
      ))}
    </Plot>
  );
});

interface ErrorsProps extends Pick<LesionsChartProps, 'measure'> {
  readonly series: LesionSeries;
}

/** A mark for every lesion, and the error of the whole network as a dashed line. */
function Errors({ series: { id, whole, lesions }, measure }: ErrorsProps) {
  const { x, y } = usePlane();
  const look = networkLooks[id];
  const points = useMemo(() => errorPoints(lesions, measure), [lesions, measure]);
  return (
    <g>
      {whole && <Level at={whole[measure]} kind="theory" color={look.color} />}
      <Line points={points} kind="run" color={look.color} />
      {lesions.map((lesion) => (
        <g key={lesion.at} transform={`translate(${x.at(lesion.at).px},${y.at(lesion[measure]).px})`}>
          <Mark look={look} isHollow={lesion.changesShape} />
        </g>
      ))}
    </g>
  );
}

interface LegendProps extends Pick<LesionsChartProps, 'series' | 'operation' | 'measure'> {
  readonly at: number | null;
}

/** Which marks are whose, with their error at the cursor. */
function LesionsLegend({ series, operation, measure, at }: LegendProps) {
  return (
    <Legend
      head={at === null ? '' : words.at(operation, at)}
      patterns={
        <span className="flow chart-keys">
          <span className="chart-patterns">
            <LineKey kind="theory" /> {words.whole}
          </span>
          <span className="chart-patterns">
            <LineKey kind="chance" /> {words.chance}
          </span>
          <HollowKeys series={series} />
        </span>
      }
      items={series.map(({ id, name, whole, lesions }) => {
        const found = lesions.find((lesion) => lesion.at === at);
        const figures = whole && words.figures(found ? percent(found[measure]) : words.none, percent(whole[measure]));
        return { key: id, look: networkLooks[id], name, figures };
      })}
      figures="wide"
    />
  );
}

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

interface MarkProps {
  readonly look: Look;
  /** Where the lesion changes the shape. */
  readonly isHollow: boolean;
}

/** The mark of a lesion around the origin, in the plot and in the legend. */
function Mark({ look, isHollow }: MarkProps) {
  return (
    <path
      className="chart-mark-lesion"
      strokeWidth={1.75}
      d={look.shape}
      fill={isHollow ? 'var(--panel)' : look.color}
      stroke={look.color}
    />
  );
}
