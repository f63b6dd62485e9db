import { useCallback, useMemo } from 'react';
import { aboutRuns } from '../figure/about.ts';
import { DepthChart } from '../figure/FinalChart.tsx';
import type { FinalMeasure } from '../figure/finalRuns.ts';
import { laterText } from '../messages/laterText.ts';
import { AboutContext } from '../plot/about.ts';
import { largestComparable } from '../session/runs.ts';
import { dataSetOf, type FinishedCell, runOfCell } from '../session/sweeps/finishedCell.ts';

const words = laterText.classroom.charts;
const measures: readonly FinalMeasure[] = ['train', 'test'];

/** Figure 6 of a class: the final errors of its runs over depth, every run a dot. */
export function ClassCharts({ cells }: { readonly cells: readonly FinishedCell[] }) {
  const all = useMemo(() => cells.map((cell) => runOfCell(cell)), [cells]);
  const runs = useMemo(() => largestComparable(all), [all]);
  const [first] = cells;
  const dataSet = first ? dataSetOf(first) : null;
  const about = useCallback(() => aboutRuns(runs, dataSet), [runs, dataSet]);
  const others = all.length - runs.length;
  return (
    <AboutContext value={about}>
      <section className="class-charts" aria-label={words.heading}>
        {measures.map((measure) => (
          <div key={measure} className="panel view-chart">
            <DepthChart finished={runs} measure={measure} title={words.titles[measure]} subtitle={words.subtitle} />
          </div>
        ))}
        {others > 0 && <p className="view-text whole-line">{words.others(others)}</p>}
      </section>
    </AboutContext>
  );
}
