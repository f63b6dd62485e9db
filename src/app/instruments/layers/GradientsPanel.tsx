import { LayersChart } from '../../../charts/layers/LayersChart.tsx';
import { text } from '../../../messages/messages.ts';
import { useQuantityAxis } from '../../useQuantityAxis.ts';
import { useLayerSeries, useStepShown } from './useLayerSeries.ts';

const words = text.instruments;

/** The gradient against the layer, with the fitted factor and the theory's line. */
export default function GradientsPanel() {
  const series = useLayerSeries('signalGradient');
  const axis = useQuantityAxis('signalGradient');
  const step = useStepShown();
  return (
    <>
      <div className="instrument-chart">
        <LayersChart
          title={words.gradients.title}
          subtitle={words.gradients.subtitle(step)}
          series={series}
          axis={axis}
          quantity={words.gradients.axis}
          across={words.layer}
          steps={[step]}
          isFitted
          empty={words.empty}
        />
      </div>
      <p className="view-text">{words.gradients.note}</p>
    </>
  );
}
