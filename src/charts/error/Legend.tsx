import { memo } from 'react';
import { text } from '../../messages/messages.ts';
import { LineKey, ShapeKey } from '../frame/Shape.tsx';
import { type ChartNetwork, networkLooks } from '../network.ts';
import type { Measure } from './curves.ts';
import { type Figures, figuresAt } from './reading.ts';

interface LegendProps {
  readonly networks: readonly ChartNetwork[];
  readonly step: number | null;
  readonly measure: Measure;
}

/** Which curve is whose, and its figures at the cursor's step. */
export const Legend = memo(function Legend({ networks, step, measure }: LegendProps) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{step === null ? '' : text.charts.at(step)}</span>
        {measure === 'error' && (
          <span className="chart-patterns">
            <LineKey kind="train" /> {text.charts.train}
            <LineKey kind="test" /> {text.charts.test}
          </span>
        )}
      </div>
      <div className="chart-legend-items">
        {networks.map((network) => (
          <div key={network.id} className="chart-legend-item">
            <ShapeKey look={networkLooks[network.id]} />
            <span className="chart-legend-name">{network.name}</span>
            <span className="chart-figures">
              {step !== null && (
                <Values figures={figuresAt(network, step, measure)} color={networkLooks[network.id].color} />
              )}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
});

function Values({ figures, color }: { readonly figures: Figures; readonly color: string }) {
  switch (figures.kind) {
    case 'error':
      return (
        <>
          <LineKey kind="train" color={color} />
          <span className="chart-figure">{figures.train}</span>
          <LineKey kind="test" color={color} />
          <span className="chart-figure">{figures.test}</span>
        </>
      );
    case 'loss':
      return <span className="chart-figure">{figures.loss}</span>;
    case 'stopped':
      return <span className="chart-note">{text.charts.diverged(figures.step)}</span>;
    case 'missing':
      return <span className="chart-figure">{text.charts.none}</span>;
  }
}
