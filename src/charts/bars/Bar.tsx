import { memo } from 'react';
import type { BarRow } from './rows.ts';

interface BarProps {
  readonly row: BarRow;
  /** Length of the whole axis: what is not finite is hatched over all of it. */
  readonly axisWidth: number;
  /** A CSS colour, for instance `var(--network-a)`. */
  readonly color: string;
}

const ROOM_FOR_TEXT = 11;

/** One bar in SVG; what has no place on the axis gets a mark of its own. */
export const Bar = memo(function Bar({ row, axisWidth, color }: BarProps) {
  const middle = row.y + row.height / 2;
  const right = row.x + row.width;
  switch (row.mark) {
    case 'value':
      return (
        <rect className="chart-bar" x={row.x} y={row.y} width={row.width} height={row.height} rx="1.5" fill={color} />
      );
    case 'above':
      return (
        <g>
          <rect className="chart-bar" x={row.x} y={row.y} width={row.width} height={row.height} fill={color} />
          <path className="chart-bar-beyond" d={`M${right - 7},${row.y}l6,${row.height / 2}l-6,${row.height / 2}`} />
        </g>
      );
    case 'notFinite':
      return (
        <g>
          <line
            className="chart-bar-hatch"
            x1={row.x}
            x2={row.x + axisWidth}
            y1={middle}
            y2={middle}
            strokeWidth={row.height}
          />
          {row.height >= ROOM_FOR_TEXT && (
            <text className="chart-bar-note" x={row.x + 4} y={middle} dominantBaseline="central">
              {Number.isNaN(row.value) ? 'NaN' : '∞'}
            </text>
          )}
        </g>
      );
    case 'below':
      return (
        <path
          className="chart-bar-below"
          d={`M${row.x + 6},${row.y}l-5,${row.height / 2}l5,${row.height / 2}z`}
          stroke={color}
        />
      );
    case 'zero':
      return (
        <g>
          <line className="chart-bar-zero" x1={row.x} x2={row.x} y1={row.y} y2={row.y + row.height} stroke={color} />
          {row.height >= ROOM_FOR_TEXT && (
            <text className="chart-bar-note" x={row.x + 5} y={middle} dominantBaseline="central">
              0
            </text>
          )}
        </g>
      );
  }
});
