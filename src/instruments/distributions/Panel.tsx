import { useMemo, useState } from 'react';
import type { NetworkId } from '../../experiment/experiment.ts';
import { laterText } from '../../messages/laterText.ts';
import { short } from '../../plot/format.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { ExaminationBar, type ExaminedNetwork, useExamination } from '../examination/ExaminationBar.tsx';
import { DistributionsChart } from './DistributionsChart.tsx';
import { type BinScale, binScales, type Histogram, rangesOf, sharedBins, usualRange } from './histogram.ts';
import { distributions } from './report.ts';
import { rowsOf, type Signal, signals } from './rows.ts';

const words = laterText.distributions;
const signalOptions = signals.map((key) => ({ key, label: words.signals[key] }));
const scaleOptions = binScales.map((key) => ({ key, label: words.binScales[key] }));

/** Activations lie within a decade or two; gradients may span ten over the layers. */
const usualScales: Readonly<Record<Signal, BinScale>> = { activations: 'linear', gradients: 'magnitude' };

/** Histograms of what passes every layer, forwards and backwards. */
export default function DistributionsPanel() {
  const state = useExamination(distributions);
  const [signal, setSignal] = useState<Signal>('activations');
  const [scale, setScale] = useState<BinScale>(usualScales.activations);
  const [range, setRange] = useState<number | null>(null);
  const [chosen, setChosen] = useState<NetworkId>('a');
  const { networks } = state;
  const { histograms, bins } = useSharedBins(networks, signal, scale, range);
  const network = networks.find(({ id }) => id === chosen) ?? networks[0];
  const report = network?.report ?? null;
  const rows = useMemo(() => rowsOf(report?.layers ?? [], signal, bins), [report, signal, bins]);
  const show = (next: Signal): void => {
    setSignal(next);
    setScale(usualScales[next]);
    setRange(null);
  };
  return (
    <>
      <div className="row at-top">
        <Segmented label={words.signal} options={signalOptions} value={signal} onChange={show} />
        <Segmented label={words.binScale} options={scaleOptions} value={scale} onChange={setScale} />
        {scale === 'linear' && <RangeField histograms={histograms} range={range} onChange={setRange} />}
      </div>
      <ExaminationBar state={state} onStart={() => state.start(distributions)} />
      <div className="instrument-chart instrument-layers">
        <DistributionsChart
          name={network?.name ?? ''}
          {...{ signal, rows, bins }}
          step={report?.step ?? 0}
          subtitle={report && words.subtitle(report.images, report.step)}
          actions={
            <SelectField
              label={words.network}
              isLabelHidden
              options={networks.map(({ id, name }) => ({ key: id, label: name }))}
              value={network?.id ?? 'a'}
              onChange={setChosen}
            />
          }
        />
      </div>
      <p className="view-text">{words.note[signal]}</p>
    </>
  );
}

/** The bins that all networks share, so that a row means the same whichever is shown. */
function useSharedBins(
  networks: readonly ExaminedNetwork<'distributions'>[],
  signal: Signal,
  scale: BinScale,
  range: number | null,
) {
  const histograms = useMemo(
    () => networks.flatMap(({ report }) => report?.layers.map((layer) => layer[signal]) ?? []),
    [networks, signal],
  );
  const bins = useMemo(() => sharedBins(histograms, scale, range), [histograms, scale, range]);
  return { histograms, bins };
}

interface RangeFieldProps {
  readonly histograms: readonly Histogram[];
  /** Null for the usual one. */
  readonly range: number | null;
  readonly onChange: (range: number | null) => void;
}

/** Which values have bins; the others are counted below and above them. */
function RangeField({ histograms, range, onChange }: RangeFieldProps) {
  const options = useMemo(() => {
    const label = (value: number) => words.rangeTo(short(value));
    const ranges = rangesOf(histograms).map((value) => ({ key: String(value), label: label(value) }));
    return [{ key: 'usual', label: words.usualRange(label(usualRange(histograms))) }, ...ranges];
  }, [histograms]);
  const value = options.some(({ key }) => key === String(range)) ? String(range) : 'usual';
  return (
    <SelectField
      label={words.range}
      options={options}
      value={value}
      onChange={(key) => onChange(key === 'usual' ? null : Number(key))}
    />
  );
}
