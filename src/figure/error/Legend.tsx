import { memo } from 'react';
import { text } from '../../messages/messages.ts';
import { LineKey, ShapeKey } from '../../plot/legend.tsx';
import { type ChartNetwork, networkLooks } from '../../plot/looks.ts';
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
            <LineKey kind="train" /> {text.charts.train} / <LineKey kind="test" /> {text.charts.test}
          </span>
        )}
      </div>
      <div className="chart-legend-items">
        {networks.map((network) => (
          <div key={network.id} className="chart-legend-item">
            <ShapeKey look={networkLooks[network.id]} />
            <span className="chart-legend-name">{network.name}</span>
            {step !== null && <span className="chart-figures">{shown(figuresAt(network, step, measure))}</span>}
          </div>
        ))}
      </div>
    </div>
  );
});

function shown(figures: Figures): string {
  switch (figures.kind) {
    case 'error':
      return text.charts.error.pair(figures.train, figures.test);
    case 'loss':
      return figures.loss;
    case 'stopped':
      return text.charts.stopped(figures.step);
    case 'missing':
      return text.charts.none;
  }
}
