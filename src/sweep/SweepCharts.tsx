import { memo, useMemo } from 'react';
import { FinalChart } from '../figure/FinalChart.tsx';
import type { OtherRuns } from '../figure/finalRuns.ts';
import { StepsChart } from '../figure/StepsChart.tsx';
import { laterText } from '../messages/laterText.ts';
import type { SweepState } from '../session/sweeps/state.ts';
import { runAxis } from './sweepAxis.ts';
import { finalRuns, largestError, seedsInMeans, stepSeries } from './sweepRuns.ts';

const words = laterText.sweep.charts;
const measures = ['train', 'test'] as const;

export interface SweepChartsProps {
  readonly state: SweepState;
  /** What was trained elsewhere. */
  readonly others: readonly OtherRuns[];
}

/** The paper's two pictures: errors by step, a chart a kind, and final errors by the setting that is varied. */
export const SweepCharts = memo(function SweepCharts({ state, others }: SweepChartsProps) {
  const { cells, states, sweep } = state;
  const axis = useMemo(() => runAxis(sweep), [sweep]);
  const series = useMemo(
    () => sweep.kinds.map((kind) => ({ kind, series: stepSeries({ cells, states, sweep }, kind) })),
    [cells, states, sweep],
  );
  const runs = useMemo(() => finalRuns({ cells, states, sweep }), [cells, states, sweep]);
  const largest = largestError(series.flatMap((each) => each.series));
  const all = [...runs, ...others.flatMap((each) => each.runs)];
  const largestFinal = Math.max(0, ...all.flatMap((run) => [run.trainError ?? 0, run.testError ?? 0]));
  const lastStep = Math.max(1, ...cells.map(({ experiment }) => experiment.training.steps));
  return (
    <section className="grid sweep-charts" aria-label={words.heading}>
      {series.map(({ kind, series: curves }) => (
        <div key={kind} className="panel view-chart">
          <StepsChart
            title={words.steps[kind]}
            subtitle={words.stepsSubtitle(seedsInMeans(curves), sweep.seeds.length)}
            series={curves}
            axis={axis.label}
            lastStep={lastStep}
            empty={words.empty}
            atLeast={largest}
          />
        </div>
      ))}
      {measures.map((measure) => (
        <div key={measure} className={`panel view-chart${others.length > 0 ? ' sweep-chart-tall' : ''}`}>
          <FinalChart
            title={words.final[measure]}
            subtitle={words.finalSubtitle(axis.label)}
            runs={runs}
            others={others}
            axis={axis}
            measure={measure}
            empty={words.empty}
            atLeast={largestFinal}
          />
        </div>
      ))}
      <p className="view-text whole-line">{words.convention}</p>
    </section>
  );
});
