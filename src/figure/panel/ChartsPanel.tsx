import { memo, useCallback, useMemo, useState } from 'react';
import { text } from '../../messages/messages.ts';
import { AboutContext } from '../../plot/about.ts';
import { useLab } from '../../session/hooks.ts';
import { conditionsOf } from '../../session/store/finishedRuns.ts';
import type { LabRun } from '../../session/store/state.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { useNextFrame } from '../../ui/useFrames.ts';
import { aboutRuns } from '../about/aboutRuns.ts';
import { ErrorChart } from '../ErrorChart.tsx';
import type { Measure } from '../errors.ts';
import { DepthChart } from '../FinalChart.tsx';
import type { FinalMeasure } from '../finalRuns.ts';
import { History, type HistoryProps } from './History.tsx';
import { useChartNetworks } from './useChartNetworks.ts';
import './chartsPanel.css';

const words = text.app.charts;

/** Errors by step, final errors by depth, and the history of the quantity on show. */
export const ChartsPanel = memo(function ChartsPanel({ quantity, axis }: HistoryProps) {
  // The networks beside them are much to draw already.
  const isNext = useNextFrame();
  return (
    <section className="charts" aria-label={words.heading}>
      <div className="panel" data-panel="error">
        {isNext && <Errors />}
      </div>
      <div className="panel" data-panel="depth">
        {isNext && <Depths />}
      </div>
      <div className="panel" data-panel="history">
        {isNext && <History quantity={quantity} axis={axis} />}
      </div>
    </section>
  );
});

function Errors() {
  const networks = useChartNetworks();
  const steps = useLab((state) => state.experiment.training.steps);
  const viewStep = useLab((state) => state.viewStep);
  const [measure, setMeasure] = useState<Measure>('error');
  const actions = useMemo(
    () => (
      <SelectField
        label={text.charts.error.measure}
        isLabelHidden
        options={optionsOf(text.charts.error.measures)}
        value={measure}
        onChange={setMeasure}
      />
    ),
    [measure],
  );
  return <ErrorChart {...{ networks, steps, viewStep, measure, actions }} />;
}

/** The finished runs that were trained as the first network is, apart from depth and blocks, and how many others there are. */
function useComparableRuns(): { readonly comparable: readonly LabRun[]; readonly others: number } {
  const finished = useLab((state) => state.finished);
  const first = useLab((state) => state.experiment.networks[0]);
  const training = useLab((state) => state.experiment.training);
  return useMemo(() => {
    const conditions = first && conditionsOf(first, training);
    const comparable = finished.filter((run) => run.conditions === conditions);
    return { comparable, others: finished.length - comparable.length };
  }, [finished, first, training]);
}

function Depths() {
  const { comparable, others } = useComparableRuns();
  const [measure, setMeasure] = useState<FinalMeasure>('train');
  const dataSet = useLab((state) => state.dataSet?.name ?? null);
  const about = useCallback(() => aboutRuns(comparable, dataSet), [comparable, dataSet]);
  return (
    <AboutContext value={about}>
      <DepthChart
        finished={comparable}
        measure={measure}
        {...(others > 0 && { subtitle: words.othersHidden(text.charts.depth.subtitle[measure], others) })}
        actions={
          <SelectField
            label={text.charts.depth.measure}
            isLabelHidden
            options={optionsOf(text.charts.depth.measures)}
            value={measure}
            onChange={setMeasure}
          />
        }
      />
    </AboutContext>
  );
}

function optionsOf<K extends string>(labels: Readonly<Record<K, string>>) {
  return (Object.keys(labels) as K[]).map((key) => ({ key, label: labels[key] }));
}
