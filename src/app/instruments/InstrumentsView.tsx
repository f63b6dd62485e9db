import { memo, useMemo, useState } from 'react';
import { LayersChart } from '../../charts/layers/LayersChart.tsx';
import { type LayerSeries, sorted } from '../../charts/layers/series.ts';
import { text } from '../../messages/messages.ts';
import { buildGraph } from '../../network/build.ts';
import { gradientTheory } from '../../network/gradientTheory.ts';
import { networkIds } from '../../spec/experiment.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { useLab } from '../lab.ts';
import { networkNames } from '../networkNames.ts';
import { newestStep } from '../selectors.ts';
import { measuredAt, stepShown } from '../stack/values.ts';
import { Transport } from '../transport/Transport.tsx';
import { useQuantityAxis } from '../useQuantityAxis.ts';
import './instruments.css';

const words = text.instruments;

type Instrument = 'signalGradient' | 'responseStd';

/** What was measured of the conv layers of every network, at the step on view. */
function useLayerSeries(quantity: Instrument): readonly LayerSeries[] {
  const experiment = useLab((state) => state.experiment);
  const runs = useLab((state) => state.runs);
  const viewStep = useLab((state) => state.viewStep);
  const built = useMemo(() => {
    const names = networkNames(experiment.networks);
    return experiment.networks.map((network, index) => {
      const graph = buildGraph(network, experiment.training.size);
      return { id: networkIds[index] ?? 'a', name: names[index] ?? '', graph, theory: gradientTheory(graph, network) };
    });
  }, [experiment.networks, experiment.training.size]);
  return useMemo(
    () =>
      built.map(({ id, name, graph, theory }) => {
        const convs = graph.layers.filter(({ kind }) => kind === 'conv');
        const measured = measuredAt(runs[id], stepShown(runs[id], viewStep), graph.layers.length);
        return {
          id,
          name,
          values: measured ? convs.map(({ index }) => measured[quantity][index] ?? Number.NaN) : [],
          layerNames: convs.map((layer) => layer.name),
          theory: quantity === 'signalGradient' ? theory : null,
        };
      }),
    [built, runs, viewStep, quantity],
  );
}

/** Instruments for the networks of the lab, at the step on view. */
export default function InstrumentsView() {
  return (
    <>
      <main className="instruments">
        <div className="panel view-chart">
          <Gradients />
        </div>
        <div className="panel view-chart">
          <Responses />
        </div>
        <p className="view-text">{words.note}</p>
      </main>
      <Transport />
    </>
  );
}

function useStepShown(): number {
  const newest = useLab(newestStep);
  return useLab((state) => state.viewStep) ?? newest;
}

/** The gradient against the layer, with the fitted factor and the theory's line. */
const Gradients = memo(function Gradients() {
  const series = useLayerSeries('signalGradient');
  const axis = useQuantityAxis('signalGradient');
  const step = useStepShown();
  return (
    <LayersChart
      title={words.gradients.title}
      subtitle={words.gradients.subtitle(step)}
      series={series}
      axis={axis}
      quantity={words.gradients.axis}
      across={words.layer}
      step={step}
      isFitted
      empty={words.empty}
    />
  );
});

const orders = ['layers', 'sorted'] as const;

/** The standard deviation of each layer's response, in order and sorted. */
const Responses = memo(function Responses() {
  const series = useLayerSeries('responseStd');
  const axis = useQuantityAxis('responseStd');
  const step = useStepShown();
  const [order, setOrder] = useState<(typeof orders)[number]>('layers');
  const shown = useMemo(() => (order === 'sorted' ? series.map(sorted) : series), [series, order]);
  return (
    <LayersChart
      title={words.responses.title}
      subtitle={words.responses.subtitle(step)}
      actions={
        <SelectField
          label={words.responses.order}
          isLabelHidden
          options={orders.map((key) => ({ key, label: words.responses.orders[key] }))}
          value={order}
          onChange={setOrder}
        />
      }
      series={shown}
      axis={axis}
      quantity={words.responses.axis}
      across={order === 'sorted' ? words.rank : words.layer}
      step={step}
      isFitted={false}
      empty={words.empty}
    />
  );
});
