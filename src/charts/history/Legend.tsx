import { memo } from 'react';
import { text } from '../../messages/messages.ts';
import { ColorScale } from '../frame/ColorScale.tsx';
import type { ValueAxis } from '../scale/axis.ts';
import { notFiniteColor, zeroColor } from '../scale/colors.ts';
import { axisTicks } from '../scale/ticks.ts';
import { type Cell, cellSteps, cellText } from './reading.ts';

const words = text.charts.history;

interface ColorsProps {
  readonly axis: ValueAxis;
  /** Steps that share a column. */
  readonly stepsPerColumn: number;
}

interface LegendProps extends ColorsProps {
  readonly cell: Cell | null;
}

/** The value at the cursor, and the colours' meaning. */
export const Legend = memo(function Legend({ cell, ...colors }: LegendProps) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{cell && cellSteps(cell)}</span>
        <span className="chart-layer">{cell && words.layer(cell.layer + 1, cell.layerName)}</span>
        <span className="chart-figures">{cell && cellText(cell)}</span>
      </div>
      <Colors {...colors} />
    </div>
  );
});

/** Drawn anew only when the axis changes, not with every step. */
const Colors = memo(function Colors({ axis, stepsPerColumn }: ColorsProps) {
  const zero = axis.kind === 'log' ? [{ color: zeroColor, label: words.zero }] : [];
  return (
    <ColorScale ticks={axisTicks(axis, 6)} swatches={[...zero, { color: notFiniteColor, label: words.notFinite }]}>
      {stepsPerColumn > 1 && <span className="chart-note">{words.columns(stepsPerColumn)}</span>}
    </ColorScale>
  );
});
