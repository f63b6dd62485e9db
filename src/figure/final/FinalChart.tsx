import { memo, useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import { type Box, plotArea } from '../../plot/area.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { type Cursor, useCursor } from '../../plot/cursor.ts';
import { errorAxis } from '../error/curves.ts';
import type { RunAxis } from './axis.ts';
import { CROSS_ROW, FinalPlot } from './FinalPlot.tsx';
import { type FinalPlane, placeAt } from './geometry.ts';
import { type FinalMeasure, type FinalRun, groupsOf, kinds, placesOf } from './groups.ts';
import { Legend } from './Legend.tsx';
import { phrasesAt, summarySentence, tableOf } from './reading.ts';

export interface FinalChartProps extends ChartSlots {
  readonly runs: readonly FinalRun[];
  readonly axis: RunAxis;
  /** Which final error is drawn. */
  readonly measure: FinalMeasure;
  /** Said while there are no runs. */
  readonly empty: string;
  /** An error that the vertical axis holds besides, so that two charts can share one. */
  readonly atLeast?: number;
}

/** Final error of every finished run against a setting: plain and residual, every seed a dot, their range a band. */
export const FinalChart = memo(function FinalChart(props: FinalChartProps) {
  const { runs, axis, measure, empty, atLeast = 0, ...slots } = props;
  const places = useMemo(() => placesOf(runs), [runs]);
  const groups = useMemo(() => kinds.map((kind) => groupsOf(runs, kind, measure)), [runs, measure]);
  const cursor = useCursor(places, places.at(-1) ?? null);
  const errors = groups.flat().flatMap((group) => group.errors);
  const crossRows = groups.filter((kind) => kind.some((group) => group.divergedAt.length > 0)).length;
  const plane = (box: Box): FinalPlane => ({
    area: plotArea(box, crossRows * CROSS_ROW),
    axis: errorAxis(errors.length > 0 ? [...errors, atLeast] : []),
    scale: axis.scale,
    ends: [places[0] ?? 0, places.at(-1) ?? 0],
  });
  return (
    <Chart
      {...slots}
      summary={summarySentence(runs, axis, measure) ?? empty}
      empty={places.length === 0 ? empty : null}
      table={() => tableOf(runs, axis)}
      reading={reading(props, places, cursor, plane)}
      legend={() => <Legend groups={groups.flat()} axis={axis} at={cursor.at} />}
    >
      {(box) => (
        <FinalPlot
          box={box}
          plane={plane(box)}
          groups={groups}
          axis={axis}
          places={places}
          cursorAt={cursor.isPointing ? cursor.at : null}
        />
      )}
    </Chart>
  );
});

function reading(
  { runs, axis, measure, title }: FinalChartProps,
  places: readonly number[],
  cursor: Cursor,
  plane: (box: Box) => FinalPlane,
): Reading | null {
  if (cursor.at === null) return null;
  return {
    label: text.charts.name(title),
    min: places[0] ?? cursor.at,
    max: places.at(-1) ?? cursor.at,
    now: cursor.at,
    text: text.charts.final.spoken(axis.words(cursor.at), phrasesAt(runs, cursor.at, measure)),
    onKey: cursor.onKey,
    onPointAt: (x, _y, box) => cursor.pointAt(placeAt(plane(box), x)),
    onLeave: cursor.leave,
  };
}
