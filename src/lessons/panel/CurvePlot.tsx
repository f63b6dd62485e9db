import type { PointerEvent } from 'react';
import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import { networkLooks } from '../../plot/looks.ts';
import type { CurvePoint } from './curve.ts';

const words = text.lessons.question;

/** The plot in units of its own: it is drawn as wide as the panel is. */
const WIDTH = 320;
const HEIGHT = 206;
const area = { left: 52, right: 304, top: 12, bottom: 160 };
/** From the ends of the axis to the first and the last point. */
const INSET = 20;
/** Where the curve lies before it is drawn. */
export const UNDRAWN = 0.5;

const y = (error: number) => area.bottom - error * (area.bottom - area.top);

function placesOf(count: number): (i: number) => number {
  return (i) => area.left + INSET + (i * (area.right - area.left - 2 * INSET)) / (count - 1);
}

interface CurvePlotProps {
  readonly points: readonly CurvePoint[];
  /** The prediction cannot be changed. */
  readonly isFixed: boolean;
  /** Takes hold of the curve at a point. */
  readonly onDraw: (i: number, error: number) => void;
}

/** Final training errors over depth: the curve that the learner draws, and the real one over it. */
export function CurvePlot({ points, isFixed, onDraw }: CurvePlotProps) {
  const x = placesOf(points.length);
  const isDrawn = points.some(({ predicted }) => predicted !== null);
  const drawAt = (event: PointerEvent<SVGSVGElement>) => {
    if (isFixed || (event.type === 'pointermove' && event.buttons === 0)) return;
    const box = event.currentTarget.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * WIDTH;
    const distances = points.map((_, i) => Math.abs(x(i) - at));
    const height = ((event.clientY - box.top) / box.height) * HEIGHT;
    onDraw(distances.indexOf(Math.min(...distances)), (area.bottom - height) / (area.bottom - area.top));
  };
  return (
    <div className="curve-field">
      <svg
        className="curve-plot"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        aria-hidden="true"
        data-fixed={isFixed || undefined}
        onPointerDown={drawAt}
        onPointerMove={drawAt}
      >
        <Axes depths={points.map(({ depth }) => depth)} x={x} />
        {(isDrawn || !isFixed) && <Predicted points={points} isDrawn={isDrawn} x={x} />}
        <Measured points={points} x={x} />
      </svg>
      {!isFixed && <Sliders points={points} x={x} onChange={onDraw} />}
    </div>
  );
}

interface PlacedProps {
  readonly points: readonly CurvePoint[];
  readonly x: (i: number) => number;
}

function Axes({ depths, x }: { readonly depths: readonly number[]; readonly x: (i: number) => number }) {
  const middle = (area.top + area.bottom) / 2;
  return (
    <g>
      {[0, 0.25, 0.5, 0.75, 1].map((error) => (
        <g key={error}>
          <line
            className={error === 0 ? 'chart-base' : 'chart-grid'}
            x1={area.left}
            x2={area.right}
            y1={y(error)}
            y2={y(error)}
          />
          <text className="curve-tick" x={area.left - 6} y={y(error)} textAnchor="end" dominantBaseline="central">
            {`${error * 100}%`}
          </text>
        </g>
      ))}
      <text className="curve-tick" transform={`translate(2,${middle}) rotate(-90)`} textAnchor="middle" dy="0.85em">
        {words.curve.up}
      </text>
      {depths.map((depth, i) => (
        <text key={depth} className="curve-tick" x={x(i)} y={area.bottom + 18} textAnchor="middle">
          {depth}
        </text>
      ))}
      <text className="curve-tick" x={(area.left + area.right) / 2} y={HEIGHT - 8} textAnchor="middle">
        {words.curve.across}
      </text>
    </g>
  );
}

/** The curve that the learner draws. Before that it lies level, to be taken hold of. */
function Predicted({ points, isDrawn, x }: PlacedProps & { readonly isDrawn: boolean }) {
  const places = points.map(({ predicted }, i) => ({ x: x(i), y: y(predicted ?? UNDRAWN) }));
  return (
    <g>
      <polyline
        className="curve-line"
        data-drawn={isDrawn || undefined}
        points={places.map((place) => `${place.x},${place.y}`).join(' ')}
      />
      {places.map((place) => (
        <circle key={place.x} className="curve-dot" cx={place.x} cy={place.y} r="6" />
      ))}
    </g>
  );
}

/** What the run gave; a network that overflowed has no error. */
function Measured({ points, x }: PlacedProps) {
  const real = points.flatMap(({ network, measured }, i) =>
    measured === null ? [] : [{ network, i, error: measured }],
  );
  return (
    <g>
      <polyline className="curve-real" points={real.map(({ i, error }) => `${x(i)},${y(error)}`).join(' ')} />
      {real.map(({ network, i, error }) => (
        <g key={network} transform={`translate(${x(i)},${y(error)})`}>
          <path d={networkLooks[network].shape} fill={networkLooks[network].color} />
          <text className="curve-value" y={error > 0.85 ? 20 : -10} textAnchor="middle">
            {percent(error)}
          </text>
        </g>
      ))}
    </g>
  );
}

interface SlidersProps extends PlacedProps {
  readonly onChange: (i: number, error: number) => void;
}

/** The same by keyboard and for screen readers. They are hardly seen, and not part of a picture. */
function Sliders({ points, x, onChange }: SlidersProps) {
  return points.map(({ depth, predicted }, i) => (
    <input
      key={depth}
      type="range"
      className="curve-slider"
      data-export="no"
      style={{ insetInlineStart: `${(100 * x(i)) / WIDTH}%` }}
      aria-label={words.expected(depth)}
      aria-valuetext={percent(predicted ?? UNDRAWN)}
      min={0}
      max={100}
      step={1}
      value={100 * (predicted ?? UNDRAWN)}
      onChange={(event) => onChange(i, event.target.valueAsNumber / 100)}
    />
  ));
}
