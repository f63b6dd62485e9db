import { type ReactNode, useMemo, useState } from 'react';
import { useQuantityAxis } from '../../figure/useQuantityAxis.ts';
import { text } from '../../messages/messages.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { BlockRatios } from './BlockRatios.tsx';
import { LayersChart } from './LayersChart.tsx';
import { sorted } from './series.ts';
import { useLayerSeries, useStepShown } from './useLayerSeries.ts';

const words = text.instruments;
const looks = ['layers', 'sorted', 'blocks'] as const;
const options = looks.map((key) => ({ key, label: words.responses.orders[key] }));

/** The standard deviation of each layer's response, in order and sorted, and of what each block adds beside what it adds it to. */
export default function ResponsesPanel() {
  const [look, setLook] = useState<(typeof looks)[number]>('layers');
  const choice = useMemo(
    () => <SelectField label={words.responses.order} isLabelHidden options={options} value={look} onChange={setLook} />,
    [look],
  );
  return look === 'blocks' ? (
    <BlockRatios actions={choice} />
  ) : (
    <Layers isSorted={look === 'sorted'} actions={choice} />
  );
}

function Layers({ isSorted, actions }: { readonly isSorted: boolean; readonly actions: ReactNode }) {
  const series = useLayerSeries('responseStd');
  const axis = useQuantityAxis('responseStd');
  const step = useStepShown();
  const shown = useMemo(() => (isSorted ? series.map(sorted) : series), [series, isSorted]);
  return (
    <div className="instrument-chart">
      <LayersChart
        title={words.responses.title}
        subtitle={words.responses.subtitle(step)}
        actions={actions}
        series={shown}
        axis={axis}
        quantity={words.responses.axis}
        across={isSorted ? words.rank : words.layer}
        isFitted={false}
        empty={words.empty}
      />
    </div>
  );
}
