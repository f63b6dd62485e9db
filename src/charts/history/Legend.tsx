import { memo } from 'react';
import { text } from '../../messages/messages.ts';
import type { ValueAxis } from '../scale/axis.ts';
import { axisTicks } from '../scale/ticks.ts';
import { css, notFiniteColor, ramp, zeroColor } from './colors.ts';
import { type Cell, cellSteps, cellText } from './reading.ts';

interface LegendProps {
  readonly axis: ValueAxis;
  readonly cell: Cell | null;
  /** Steps that share a column. */
  readonly stepsPerColumn: number;
}

/** The value at the cursor, and the colours' meaning. */
export const Legend = memo(function Legend({ axis, cell, stepsPerColumn }: LegendProps) {
  const words = text.charts.history;
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{cell && cellSteps(cell)}</span>
        <span className="chart-layer">{cell && words.layer(cell.layer + 1, cell.layerName)}</span>
        <span className="chart-figures">{cell && cellText(cell)}</span>
      </div>
      <div className="chart-colors">
        <Scale axis={axis} />
        <div className="chart-swatches">
          {axis.kind === 'log' && <Swatch color={css(zeroColor)} label={words.zero} />}
          <Swatch color={css(notFiniteColor)} label={words.notFinite} />
        </div>
        {stepsPerColumn > 1 && <span className="chart-note">{words.columns(stepsPerColumn)}</span>}
      </div>
    </div>
  );
});

/** The colours from the axis' lowest to its highest value, with its decades. */
const Scale = memo(function Scale({ axis }: { readonly axis: ValueAxis }) {
  return (
    <div className="chart-scale">
      <div className="chart-ramp" style={{ background: ramp }} />
      {axisTicks(axis, 6).map((tick) => (
        <span key={tick.value} className="chart-scale-tick" style={{ left: `${tick.at * 100}%` }}>
          {tick.label}
        </span>
      ))}
    </div>
  );
});

function Swatch({ color, label }: { readonly color: string; readonly label: string }) {
  return (
    <span className="chart-swatch">
      <span className="chart-swatch-color" style={{ background: color }} /> {label}
    </span>
  );
}
