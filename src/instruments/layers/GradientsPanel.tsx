import type { CSSProperties } from 'react';
import { useQuantityAxis } from '../../figure/useQuantityAxis.ts';
import { text } from '../../messages/messages.ts';
import { LayersChart } from './LayersChart.tsx';
import { PinBar, usePins } from './pins.tsx';
import { useLayerSeries, useStepShown } from './useLayerSeries.ts';

const words = text.instruments;

/** The gradient against the layer at the step on view and at pinned ones, with the fitted factor and the theory's line. */
export default function GradientsPanel() {
  const pins = usePins();
  const series = useLayerSeries('signalGradient', pins);
  const axis = useQuantityAxis('signalGradient');
  const step = useStepShown();
  return (
    <>
      <PinBar step={step} />
      <div className="instrument-chart" style={{ '--pins': pins.length } as CSSProperties}>
        <LayersChart
          title={words.gradients.title}
          subtitle={words.gradients.subtitle(step)}
          series={series}
          axis={axis}
          quantity={words.gradients.axis}
          across={words.layer}
          isFitted
          empty={words.empty}
        />
      </div>
      <p className="view-text">{words.gradients.note}</p>
    </>
  );
}
