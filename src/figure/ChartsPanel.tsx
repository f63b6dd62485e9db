import { memo, type ReactNode, useCallback, useMemo, useState } from 'react';
import { type NetworkId, networkIds } from '../experiment/experiment.ts';
import { text } from '../messages/messages.ts';
import { AboutContext } from '../plot/about.ts';
import { useBox } from '../plot/area.ts';
import type { ValueAxis } from '../plot/axis.ts';
import type { ChartNetwork } from '../plot/looks.ts';
import type { Quantity } from '../records/records.ts';
import { useLab, useNetworkNames } from '../session/hooks.ts';
import { comparableRuns, depthOfRun, type NetworkRun } from '../session/runs.ts';
import { recall, remember } from '../session/storage/remembered.ts';
import { SelectField } from '../ui/SelectField.tsx';
import { Toggles } from '../ui/Toggles.tsx';
import { useNextFrame } from '../ui/useStorePerFrame.ts';
import { aboutRuns } from './about.ts';
import { ErrorChart } from './ErrorChart.tsx';
import type { Measure } from './errors.ts';
import { DepthChart } from './FinalChart.tsx';
import type { FinalMeasure } from './finalRuns.ts';
import { HistoryChart } from './HistoryChart.tsx';
import { PaperFigures } from './PaperFigures.tsx';
import { RunFinding } from './RunFinding.tsx';
import './chartsPanel.css';

const words = text.app.charts;

interface ChartsPanelProps extends Pick<HistoryProps, 'quantity' | 'axis'> {
  /** What to do next, once a run has shown something. */
  readonly next: ReactNode;
}

const moreCharts = ['depth', 'history'] as const;
type MoreChart = (typeof moreCharts)[number];
const moreOptions = moreCharts.map((key) => ({ key, label: words.names[key] }));

/** A wide page in a window lower than this, in rem, has its charts in a column in which all that a run has shown would push its buttons out of sight; in a narrow column sooner. One lower than `least` has no room for a sentence. */
const LOW = { width: 60, height: 46, narrow: { width: 72, height: 50 }, least: 37 };

/** Errors by step, what the run has shown, and on demand final errors by depth and the history of the quantity on show. */
export const ChartsPanel = memo(function ChartsPanel({ quantity, axis, next }: ChartsPanelProps) {
  // The networks beside them are much to draw already.
  const isNext = useNextFrame();
  const [open, setOpen] = useMoreCharts();
  // It changes with the window, whose size is asked in rem, as the style sheets ask for it.
  const [ref, { rem }] = useBox<HTMLElement>();
  const { height } = innerWidth < LOW.narrow.width * rem ? LOW.narrow : LOW;
  const isLow = (least: number) => innerWidth >= LOW.width * rem && innerHeight < least * rem;
  const form = isLow(LOW.least) ? 'shortest' : open.length > 0 || isLow(height) ? 'brief' : 'whole';
  return (
    <section className="column charts" aria-label={words.heading} ref={ref}>
      <div className="panel" data-panel="error">
        {isNext && <Errors />}
      </div>
      <PaperFigures />
      <RunFinding form={form}>{next}</RunFinding>
      {open.includes('depth') && (
        <div className="panel" data-panel="depth">
          {isNext && <Depths />}
        </div>
      )}
      {open.includes('history') && (
        <div className="panel" data-panel="history">
          {isNext && <History quantity={quantity} axis={axis} />}
        </div>
      )}
      <Toggles label={words.more} options={moreOptions} value={open} onChange={setOpen} />
    </section>
  );
});

const KEY = 'charts';

/** Which charts a visitor has opened, which outlasts the visit; until then that by depth, as soon as there are two depths to compare. */
function useMoreCharts(): [readonly MoreChart[], (open: readonly MoreChart[]) => void] {
  const { comparable } = useComparableRuns();
  const areDepths = useMemo(() => new Set(comparable.map(depthOfRun)).size > 1, [comparable]);
  const [chosen, choose] = useState(() => recall(KEY)?.split(' '));
  const open = chosen ? moreCharts.filter((chart) => chosen.includes(chart)) : areDepths ? (['depth'] as const) : [];
  return [
    open,
    (charts) => {
      remember(KEY, charts.join(' '));
      choose([...charts]);
    },
  ];
}

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
function useComparableRuns(): { readonly comparable: readonly NetworkRun[]; readonly others: number } {
  const finished = useLab((state) => state.finished);
  const experiment = useLab((state) => state.experiment);
  return useMemo(() => {
    const comparable = comparableRuns(finished, experiment);
    return { comparable, others: finished.length - comparable.length };
  }, [finished, experiment]);
}

export function Depths() {
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

interface HistoryProps {
  readonly quantity: Quantity;
  /** Of the quantity, shared by all networks. */
  readonly axis: ValueAxis;
}

/** The history of a quantity in one of the networks, which can be chosen. */
export function History({ quantity, axis }: HistoryProps) {
  const networks = useChartNetworks();
  const steps = useLab((state) => state.experiment.training.steps);
  const viewStep = useLab((state) => state.viewStep);
  const [chosen, setChosen] = useState<NetworkId>('a');
  const network = networks.find(({ id }) => id === chosen) ?? networks[0];
  const shown = network?.id ?? 'a';
  const actions = useMemo(
    () => (
      <SelectField
        label={words.historyOf}
        isLabelHidden
        options={networks.map(({ id, name }) => ({ key: id, label: name }))}
        value={shown}
        onChange={setChosen}
      />
    ),
    [networks, shown],
  );
  return network ? <HistoryChart {...{ network, quantity, axis, steps, viewStep, actions }} /> : null;
}

/** The networks of the experiment as the charts know them. */
function useChartNetworks(): readonly ChartNetwork[] {
  const runs = useLab((state) => state.runs);
  const named = useNetworkNames();
  return useMemo(
    () =>
      networkIds.slice(0, named.length).map((id, index) => ({ id, name: named[index] ?? '', run: runs[id] ?? null })),
    [named, runs],
  );
}
