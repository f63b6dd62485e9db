import { memo, useMemo, useState } from 'react';
import { DepthChart } from '../../charts/depth/DepthChart.tsx';
import type { Measure } from '../../charts/error/curves.ts';
import { ErrorChart } from '../../charts/error/ErrorChart.tsx';
import type { FinalMeasure } from '../../charts/final/groups.ts';
import { HistoryChart } from '../../charts/history/HistoryChart.tsx';
import type { ChartNetwork } from '../../charts/network.ts';
import type { ValueAxis } from '../../charts/scale/axis.ts';
import type { FinishedRun } from '../../measurements/finished.ts';
import type { Quantity } from '../../measurements/records.ts';
import { text } from '../../messages/messages.ts';
import { type NetworkId, networkIds } from '../../spec/experiment.ts';
import { conditionsOf } from '../../store/finishedRuns.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { useLab } from '../lab.ts';
import { networkNames } from '../networkNames.ts';
import './chartsPanel.css';

const words = text.app.charts;

/** The networks of the experiment as the charts know them. */
function useChartNetworks(): readonly ChartNetwork[] {
  const networks = useLab((state) => state.experiment.networks);
  const runs = useLab((state) => state.runs);
  const named = useMemo(() => networkNames(networks), [networks]);
  return useMemo(
    () =>
      networkIds.slice(0, named.length).map((id, index) => ({ id, name: named[index] ?? '', run: runs[id] ?? null })),
    [named, runs],
  );
}

export interface ChartsPanelProps {
  readonly quantity: Quantity;
  /** Of the quantity, shared by all networks. */
  readonly axis: ValueAxis;
}

/** Errors by step, final errors by depth, and the history of the quantity on show. */
export const ChartsPanel = memo(function ChartsPanel({ quantity, axis }: ChartsPanelProps) {
  const networks = useChartNetworks();
  const steps = useLab((state) => state.experiment.training.steps);
  const viewStep = useLab((state) => state.viewStep);
  return (
    <section className="charts" aria-label={words.heading}>
      <div className="panel" data-panel="error">
        <Errors {...{ networks, steps, viewStep }} />
      </div>
      <div className="panel" data-panel="depth">
        <Depths />
      </div>
      <div className="panel" data-panel="history">
        <History {...{ networks, quantity, axis, steps, viewStep }} />
      </div>
    </section>
  );
});

interface RunsProps {
  readonly networks: readonly ChartNetwork[];
  readonly steps: number;
  readonly viewStep: number | null;
}

function Errors(runs: RunsProps) {
  const [measure, setMeasure] = useState<Measure>('error');
  return (
    <ErrorChart
      {...runs}
      measure={measure}
      actions={
        <SelectField
          label={text.charts.error.measure}
          isLabelHidden
          options={optionsOf(text.charts.error.measures)}
          value={measure}
          onChange={setMeasure}
        />
      }
    />
  );
}

/** The finished runs that were trained as the first network is, apart from depth and blocks, and how many others there are. */
function useComparableRuns(): { readonly comparable: readonly FinishedRun[]; readonly others: number } {
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
  return (
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
  );
}

function optionsOf<K extends string>(labels: Readonly<Record<K, string>>) {
  return (Object.keys(labels) as K[]).map((key) => ({ key, label: labels[key] }));
}

interface HistoryProps extends ChartsPanelProps, RunsProps {}

function History({ networks, ...shared }: HistoryProps) {
  const [chosen, setChosen] = useState<NetworkId>('a');
  const network = networks.find(({ id }) => id === chosen) ?? networks[0];
  if (!network) return null;
  return (
    <HistoryChart
      network={network}
      {...shared}
      actions={
        <SelectField
          label={words.historyOf}
          isLabelHidden
          options={networks.map(({ id, name }) => ({ key: id, label: name }))}
          value={network.id}
          onChange={setChosen}
        />
      }
    />
  );
}
