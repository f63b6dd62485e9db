import type { PointerEvent } from 'react';
import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import { networkLooks } from '../../plot/looks.ts';
import { Line, Ring, ShapeAt } from '../../plot/marks.tsx';
import { Axes, PlaneContext, usePlane, usePlaneIn } from '../../plot/plane.tsx';
import { type Axis, errorAxis, percentTicks, placeAxis } from '../../plot/scale.ts';
import type { CurvePoint } from './curve.ts';

const words = text.lessons.question;

/** The plot in units of its own: it is drawn as wide as the panel is. */
const box = { width: 320, height: 206, rem: 16 };
const margins = { left: 3.25, right: 1, top: 0.75, bottom: 2.875 };
/** From the ends of the axis to the first and the last point, in which their figures have room. */
const INSET = 20;
/** Where the curve lies before it is drawn. */
export const UNDRAWN = 0.5;

const ticks: Axis['ticks'] = ({ axis }) => percentTicks(axis, 5);
const errors: Axis = { ...errorAxis({ kind: 'linear', min: 0, max: 1 }, words.curve.up), ticks };

interface CurvePlotProps {
  readonly points: readonly CurvePoint[];
  /** The prediction cannot be changed. */
  readonly isFixed: boolean;
  /** Moves a point of the curve. */
  readonly onDraw: (i: number, error: number) => void;
}

/** Final training errors over depth: the curve that the learner draws, and the real one over it. */
export function CurvePlot({ points, isFixed, onDraw }: CurvePlotProps) {
  // Networks stand side by side, however far apart their depths are.
  const places = [...points.keys()];
  const name = (i: number) => String(points[i]?.depth ?? '');
  const depths = { ...placeAxis({ places, kind: 'linear', name }, words.curve.across), inset: INSET };
  const plane = usePlaneIn(box, depths, errors, margins);
  const isDrawn = points.some(({ predicted }) => predicted !== null);
  const drawAt = (event: PointerEvent<SVGSVGElement>) => {
    if (isFixed || (event.type === 'pointermove' && event.buttons === 0)) return;
    const shown = event.currentTarget.getBoundingClientRect();
    const at = plane.x.invert(((event.clientX - shown.left) / shown.width) * box.width);
    const error = plane.y.invert(((event.clientY - shown.top) / shown.height) * box.height);
    onDraw(Math.min(points.length - 1, Math.max(0, Math.round(at))), error);
  };
  return (
    <PlaneContext value={plane}>
      <div className="curve-field">
        <svg
          className="curve-plot"
          viewBox={`0 0 ${box.width} ${box.height}`}
          aria-hidden="true"
          data-fixed={isFixed || undefined}
          onPointerDown={drawAt}
          onPointerMove={drawAt}
        >
          <Axes ground="grid" />
          {(isDrawn || !isFixed) && <Predicted points={points} isDrawn={isDrawn} />}
          <Measured points={points} />
        </svg>
        {!isFixed && <Sliders points={points} onChange={onDraw} />}
      </div>
    </PlaneContext>
  );
}

type PointsProps = Pick<CurvePlotProps, 'points'>;

/** The curve that the learner draws; a level line until then. */
function Predicted({ points, isDrawn }: PointsProps & { readonly isDrawn: boolean }) {
  const places = points.map(({ predicted }, i) => ({ x: i, y: predicted ?? UNDRAWN }));
  return (
    <g>
      <Line points={places} kind={isDrawn ? 'predicted' : 'undrawn'} color="var(--ink-soft)" />
      {places.map((place) => (
        <Ring key={place.x} {...place} color="var(--ink-soft)" radius={6} />
      ))}
    </g>
  );
}

/** What the run gave; a network that overflowed has no error. */
function Measured({ points }: PointsProps) {
  const { x, y } = usePlane();
  const real = points.flatMap(({ network, measured }, i) =>
    measured === null ? [] : [{ network, x: i, y: measured }],
  );
  return (
    <g>
      <Line points={real} kind="measured" color="var(--network-a)" />
      {real.map(({ network, ...place }) => (
        <g key={network}>
          <ShapeAt look={networkLooks[network]} {...place} />
          <text
            className="curve-value"
            x={x.at(place.x).px}
            y={y.at(place.y).px + (place.y > 0.85 ? 20 : -10)}
            textAnchor="middle"
          >
            {percent(place.y)}
          </text>
        </g>
      ))}
    </g>
  );
}

interface SlidersProps extends PointsProps {
  readonly onChange: CurvePlotProps['onDraw'];
}

/** The same by keyboard and for screen readers. They are hardly seen, and not part of a picture. */
function Sliders({ points, onChange }: SlidersProps) {
  const { x } = usePlane();
  return points.map(({ depth, predicted }, i) => (
    <input
      key={depth}
      type="range"
      className="curve-slider"
      data-export="no"
      style={{ insetInlineStart: `${(100 * x.at(i).px) / box.width}%` }}
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
