import { memo } from 'react';
import type { PlotArea } from './area.ts';
import type { Tick } from './scale.ts';

interface AxisProps {
  readonly area: PlotArea;
  readonly ticks: readonly Tick[];
  /** What the numbers measure, with its unit. */
  readonly label: string;
}

interface VerticalAxisProps extends AxisProps {
  readonly hasGrid?: boolean;
}

/** Numbers on the left and grid lines behind the plot, and beside them what they measure. */
export const VerticalAxis = memo(function VerticalAxis({ area, ticks, label, hasGrid = true }: VerticalAxisProps) {
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick.value} transform={`translate(0,${area.bottom - tick.at * (area.bottom - area.top)})`}>
          {hasGrid && <line className={tick.at === 0 ? 'chart-base' : 'chart-grid'} x1={area.left} x2={area.right} />}
          <text className="chart-tick" x={area.left - 6} textAnchor="end" dominantBaseline="central">
            {tick.label}
          </text>
        </g>
      ))}
      <VerticalLabel area={area} label={label} />
    </g>
  );
});

/** What a vertical axis measures, along its middle. */
export function VerticalLabel({ area, label }: Pick<AxisProps, 'area' | 'label'>) {
  const middle = (area.top + area.bottom) / 2;
  return (
    <text className="chart-axis-label" transform={`translate(2,${middle}) rotate(-90)`} textAnchor="middle" dy="0.85em">
      {label}
    </text>
  );
}

interface HorizontalAxisProps extends AxisProps {
  /** Pixels of a rem: type may be large. */
  readonly rem: number;
}

/** Numbers below the plot, the outermost within its width, and below them what they measure. */
export const HorizontalAxis = memo(function HorizontalAxis({ area, ticks, label, rem }: HorizontalAxisProps) {
  return (
    <g>
      {ticks.map((tick) => {
        const x = area.left + tick.at * (area.right - area.left);
        return (
          <g key={tick.value} transform={`translate(${x},${area.bottom})`}>
            <line className="chart-tick-mark" y2="4" />
            <text className="chart-tick" y={1.1 * rem} textAnchor={anchor(tick.at)}>
              {tick.label}
            </text>
          </g>
        );
      })}
      <text
        className="chart-axis-label"
        x={(area.left + area.right) / 2}
        y={area.bottom + 2.05 * rem}
        textAnchor="middle"
      >
        {label}
      </text>
    </g>
  );
});

function anchor(at: number): 'start' | 'middle' | 'end' {
  if (at < 0.02) return 'start';
  return at > 0.98 ? 'end' : 'middle';
}
