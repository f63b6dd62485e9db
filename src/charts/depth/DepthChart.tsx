import { memo, useMemo } from 'react';
import type { FinishedRun } from '../../measurements/finished.ts';
import { text } from '../../messages/messages.ts';
import { errorAxis } from '../error/curves.ts';
import { Chart, type ChartSlots, type Reading } from '../frame/Chart.tsx';
import { plotArea } from '../frame/plotArea.ts';
import type { Box } from '../frame/useBox.ts';
import { type Cursor, useCursor } from '../frame/useCursor.ts';
import { DepthPlot } from './DepthPlot.tsx';
import { type DepthPlane, depthAt } from './geometry.ts';
import { type DepthMeasure, depthsOf, groupsOf, kinds } from './groups.ts';
import { Legend } from './Legend.tsx';
import { phrasesAt, summarySentence } from './reading.ts';

export interface DepthChartProps extends Partial<ChartSlots> {
  readonly finished: readonly FinishedRun[];
  /** Which final error is drawn. */
  readonly measure?: DepthMeasure;
}

/** Room above the plot, in rem, for the crosses of diverged runs. */
const CROSS_ROW = 1.1;

/** Final error of every finished run against depth: plain and residual, seeds as a band. */
export const DepthChart = memo(function DepthChart({ finished, measure = 'train', ...slots }: DepthChartProps) {
  const words = text.charts.depth;
  const depths = useMemo(() => depthsOf(finished), [finished]);
  const groups = useMemo(() => kinds.map((kind) => groupsOf(finished, kind, measure)), [finished, measure]);
  const cursor = useCursor(depths, depths.at(-1) ?? null);
  const plane = (box: Box): DepthPlane => ({
    area: plotArea(box, finished.some((run) => run.divergedAt !== null) ? CROSS_ROW : 0),
    axis: errorAxis(groups.flat().flatMap((group) => group.errors)),
    depths: [depths[0] ?? 0, depths.at(-1) ?? 0],
  });
  return (
    <Chart
      title={slots.title ?? words.title}
      subtitle={slots.subtitle ?? words.subtitle[measure]}
      actions={slots.actions}
      summary={summarySentence(finished, measure)}
      empty={depths.length === 0 ? words.empty : null}
      reading={reading(finished, measure, depths, cursor, plane)}
      legend={() => <Legend groups={groups.flat()} depth={cursor.at} />}
    >
      {(box) => (
        <DepthPlot
          box={box}
          plane={plane(box)}
          groups={groups}
          depths={depths}
          cursorAt={cursor.isPointing ? cursor.at : null}
        />
      )}
    </Chart>
  );
});

function reading(
  finished: readonly FinishedRun[],
  measure: DepthMeasure,
  depths: readonly number[],
  cursor: Cursor,
  plane: (box: Box) => DepthPlane,
): Reading | null {
  if (cursor.at === null) return null;
  return {
    label: text.charts.name(text.charts.depth.title),
    min: depths[0] ?? cursor.at,
    max: depths.at(-1) ?? cursor.at,
    now: cursor.at,
    text: text.charts.depth.spoken(cursor.at, phrasesAt(finished, cursor.at, measure)),
    onKey: cursor.onKey,
    onPointAt: (x, _y, box) => cursor.pointAt(depthAt(plane(box), x)),
    onLeave: cursor.leave,
  };
}
