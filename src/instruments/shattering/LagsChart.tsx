import { memo, useMemo } from 'react';
import type { NetworkId } from '../../experiment/experiment.ts';
import { laterText } from '../../messages/laterText.ts';
import type { ChartSlots } from '../../plot/Chart.tsx';
import { upTo, useCursor } from '../../plot/cursor.ts';
import { exact } from '../../plot/format.ts';
import { Legend, LineKey } from '../../plot/legend.tsx';
import { networkLooks, networkShapes } from '../../plot/looks.ts';
import { Line, type LineKind, Marks, type Point, Rule } from '../../plot/marks.tsx';
import { Plot } from '../../plot/Plot.tsx';
import { positionAxis, valueAxis } from '../../plot/scale.ts';
import type { Similarity } from './autocorrelation.ts';
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

const words = laterText.shattering.lags;

const positions = upTo(LAGS);

export interface LagsChartProps extends Omit<ChartSlots, 'title'> {
  readonly networks: readonly LineNetwork[];
  readonly similarity: Similarity;
  /** The steps at which the gradients were computed. */
  readonly steps: readonly number[];
}

/** How alike the gradients are at points of a line, against how far apart the points are, beside two noises. */
export const LagsChart = memo(function LagsChart({ networks, similarity, steps, ...slots }: LagsChartProps) {
  const series = useMemo(() => networkSeries(networks, similarity), [networks, similarity]);
  const noise = useMemo(() => noises.map((kind) => noiseSeries(kind, similarity)), [similarity]);
  const all = [...series, ...noise];
  const isEmpty = series.length === 0;
  const cursor = useCursor(positions, isEmpty ? null : 1);
  const figures = ({ values }: LagSeries) => (cursor.at === null ? '' : exact(values[cursor.at - 1] ?? Number.NaN));
  return (
    <Plot
      title={words.title}
      subtitle={slots.subtitle}
      actions={slots.actions}
      x={positionAxis(LAGS, words.across)}
      y={valueAxis(lagAxis(all), words.axes[similarity])}
      cursor={cursor}
      spoken={(lag) => words.spoken(lag, phrasesAt(all, lag))}
      summary={summarySentence(series, noise, similarity, steps) ?? laterText.shattering.empty}
      empty={isEmpty ? laterText.shattering.empty : null}
      table={() => tableOf(networks)}
      legend={
        <Legend
          head={cursor.at === null ? '' : words.lag(cursor.at)}
          patterns={noises.map((kind, index) => (
            <span key={kind} className="chart-patterns">
              <LineKey kind={kind} />{' '}
              {noise[index] &&
                (cursor.at === null ? noise[index].name : words.phrase(noise[index].name, figures(noise[index])))}
            </span>
          ))}
          items={series.flatMap((each) =>
            each.id === null
              ? []
              : [{ key: each.id, look: networkLooks[each.id], name: each.name, figures: figures(each) }],
          )}
        />
      }
    >
      <Rule at={cursor.isPointing ? cursor.at : null} />
      {noises.map((kind, index) => (
        <LagLine key={kind} values={noise[index]?.values ?? []} kind={kind} color="var(--ink-soft)" />
      ))}
      {series.toReversed().map(({ id, values }) => id && <NetworkLags key={id} id={id} values={values} />)}
    </Plot>
  );
});

/** What is finite stands on the axis; a cosine of 1 may be rounded to a little more. */
const pointsOf = (values: readonly number[]): Point[] =>
  values.map((value, index) => ({ x: index + 1, y: Math.min(1, value) }));

interface LagLineProps extends Pick<LagSeries, 'values'> {
  readonly kind: LineKind;
  readonly color: string;
}

function LagLine({ values, ...line }: LagLineProps) {
  return <Line points={useMemo(() => pointsOf(values), [values])} {...line} />;
}

/** A mark a lag, and the line through them. */
function NetworkLags({ id, values }: Pick<LagSeries, 'values'> & { readonly id: NetworkId }) {
  const { color } = networkLooks[id];
  return (
    <g>
      <LagLine values={values} kind="lags" color={color} />
      <Marks points={pointsOf(values).filter(({ y }) => Number.isFinite(y))} shape={networkShapes[id]} color={color} />
    </g>
  );
}
