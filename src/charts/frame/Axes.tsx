import { memo } from 'react';
import type { Tick } from '../scale/ticks.ts';
import type { PlotArea } from './plotArea.ts';

interface AxisProps {
  readonly area: PlotArea;
  readonly ticks: readonly Tick[];
}

/** Numbers on the left and grid lines behind the plot. */
export const VerticalAxis = memo(function VerticalAxis({ area, ticks }: AxisProps) {
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick.value} transform={`translate(0,${area.bottom - tick.at * (area.bottom - area.top)})`}>
          <line className={tick.at === 0 ? 'chart-base' : 'chart-grid'} x1={area.left} x2={area.right} />
          <text className="chart-tick" x={area.left - 6} textAnchor="end" dominantBaseline="central">
            {tick.label}
          </text>
        </g>
      ))}
    </g>
  );
});

interface HorizontalAxisProps extends AxisProps {
  /** Pixels from the plot down to the baseline of the numbers. */
  readonly drop: number;
  /** What the numbers count: stands before the first one. */
  readonly unit: string;
}

/** Numbers below the plot; the outermost ones stay within its width. */
export const HorizontalAxis = memo(function HorizontalAxis({ area, ticks, drop, unit }: HorizontalAxisProps) {
  return (
    <g>
      {ticks.map((tick, index) => {
        const x = area.left + tick.at * (area.right - area.left);
        return (
          <g key={tick.value} transform={`translate(${x},${area.bottom})`}>
            <line className="chart-tick-mark" y2="4" />
            <text className="chart-tick" y={drop} textAnchor={anchor(tick.at)}>
              {index === 0 ? `${unit} ${tick.label}` : tick.label}
            </text>
          </g>
        );
      })}
    </g>
  );
});

function anchor(at: number): 'start' | 'middle' | 'end' {
  if (at < 0.02) return 'start';
  return at > 0.98 ? 'end' : 'middle';
}
