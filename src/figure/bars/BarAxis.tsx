import { memo } from 'react';
import type { ValueAxis } from '../../plot/axis.ts';
import { axisTicks } from '../../plot/scale.ts';
import '../../plot/charts.css';

interface BarAxisProps {
  readonly axis: ValueAxis;
  /** Where the axis begins and how long it is. */
  readonly x: number;
  readonly width: number;
  /** Baseline of the numbers; the grid lines run from just below it down to `bottom`. */
  readonly y: number;
  readonly bottom: number;
  /** Pixels of a rem, so that numbers thin out where type is large. */
  readonly rem?: number;
}

/** Room that one number takes, in rem. */
const LABEL_WIDTH = 2.75;

/** Numbers above and grid lines behind a column of bars, in SVG. */
export const BarAxis = memo(function BarAxis({ axis, x, width, y, bottom, rem = 16 }: BarAxisProps) {
  const ticks = axisTicks(axis, Math.floor(width / (LABEL_WIDTH * rem)) + 1);
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick.value} transform={`translate(${x + tick.at * width},0)`}>
          <line className="chart-grid" y1={y + 4} y2={bottom} />
          {tick.label && (
            <text className="chart-tick" y={y} textAnchor="middle">
              {tick.label}
            </text>
          )}
        </g>
      ))}
    </g>
  );
});
