import { memo, useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { notFiniteColor, zeroColor } from '../../plot/color.ts';
import { ColorScale } from '../../plot/legend.tsx';
import { axisTicks } from '../../plot/scale.ts';
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
  const ticks = useMemo(() => axisTicks(axis, 6), [axis]);
  const zero = axis.kind === 'log' ? [{ color: zeroColor, label: words.zero }] : [];
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{cell && cellSteps(cell)}</span>
        <span className="chart-layer">{cell && words.layer(cell.layer + 1, cell.layerName)}</span>
        <span className="chart-figures">{cell && cellText(cell)}</span>
      </div>
      <ColorScale ticks={ticks} swatches={[...zero, { color: notFiniteColor, label: words.notFinite }]}>
        {stepsPerColumn > 1 && <span className="chart-note">{words.columns(stepsPerColumn)}</span>}
      </ColorScale>
    </div>
  );
});
