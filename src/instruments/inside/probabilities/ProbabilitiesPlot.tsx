import { percentTicks } from '../../../figure/error/curves.ts';
import { percent } from '../../../messages/format.ts';
import { text } from '../../../messages/messages.ts';
import { HorizontalAxis } from '../../../plot/Axes.tsx';
import type { Box } from '../../../plot/area.ts';
import type { ProbabilityLayout } from './layout.ts';

const words = text.inside.probabilities;
/** In fewer rem, only the ends of the axis have numbers. */
const NARROW = 9;
const axis = { kind: 'linear', min: 0, max: 1 } as const;

interface ProbabilitiesPlotProps {
  readonly box: Box;
  readonly layout: ProbabilityLayout;
  readonly probabilities: readonly number[];
  /** The image's class. */
  readonly own: number;
  readonly color: string;
  /** The names of the classes, by label. */
  readonly classes: readonly string[];
  /** The class that is pointed at. */
  readonly cursorAt: number | null;
}

/** A bar for every class, with its name and its probability. */
export function ProbabilitiesPlot(props: ProbabilitiesPlotProps) {
  const { box, layout, probabilities, own, color, classes, cursorAt } = props;
  const { left, right, bottom, rowHeight } = layout;
  const area = { left, right, top: 0, bottom };
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      {cursorAt !== null && (
        <rect className="chart-row" x={left} y={cursorAt * rowHeight} width={right - left} height={rowHeight} />
      )}
      <HorizontalAxis
        area={area}
        ticks={percentTicks(axis, right - left < NARROW * box.rem ? 2 : 3)}
        label={words.axis}
        rem={box.rem}
      />
      <line className="chart-base" x1={left} x2={left} y1={0} y2={bottom} />
      {probabilities.map((probability, label) => {
        const name = classes[label] ?? '';
        const middle = (label + 0.5) * rowHeight;
        const length = Number.isFinite(probability) ? probability * (right - left) : 0;
        return (
          <g key={label}>
            <text
              className={label === own ? 'chart-tick chart-tick-own' : 'chart-tick'}
              x={left - 6}
              y={middle}
              textAnchor="end"
              dominantBaseline="central"
            >
              {label === own ? words.own(name) : name}
            </text>
            <rect x={left} y={middle - 0.36 * rowHeight} width={length} height={0.72 * rowHeight} fill={color} />
            <text className="chart-tick" x={left + length + 4} y={middle} dominantBaseline="central">
              {percent(probability)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
