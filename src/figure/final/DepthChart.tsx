import { memo, useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import type { ChartSlots } from '../../plot/Chart.tsx';
import type { FinishedRun } from '../../records/finished.ts';
import type { RunAxis } from './axis.ts';
import { FinalChart } from './FinalChart.tsx';
import type { FinalMeasure } from './groups.ts';

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
