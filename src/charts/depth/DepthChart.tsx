import { memo, useMemo } from 'react';
import type { FinishedRun } from '../../measurements/finished.ts';
import { text } from '../../messages/messages.ts';
import type { RunAxis } from '../final/axis.ts';
import { FinalChart } from '../final/FinalChart.tsx';
import type { FinalMeasure } from '../final/groups.ts';
import type { ChartSlots } from '../frame/Chart.tsx';

const words = text.charts.depth;

export const depthAxis: RunAxis = { scale: 'linear', label: words.axis, name: String, words: words.at };

export interface DepthChartProps extends Partial<ChartSlots> {
  readonly finished: readonly FinishedRun[];
  /** Which final error is drawn. */
  readonly measure?: FinalMeasure;
}

/** Final error of every finished run against depth. */
export const DepthChart = memo(function DepthChart({ finished, measure = 'train', ...slots }: DepthChartProps) {
  const runs = useMemo(() => finished.map((run) => ({ ...run, at: run.depth })), [finished]);
  return (
    <FinalChart
      {...slots}
      title={slots.title ?? words.title}
      subtitle={slots.subtitle ?? words.subtitle[measure]}
      runs={runs}
      axis={depthAxis}
      measure={measure}
      empty={words.empty}
    />
  );
});
