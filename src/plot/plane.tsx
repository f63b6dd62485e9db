/** The plane of a plot: two axes of a size, on which marks stand. */
import './charts.css';
import { createContext, memo, useContext, useMemo } from 'react';
import { type Box, type Margins, type PlotArea, plotArea } from './area.ts';
import { type Axis, type Label, type Scale, scaleOf, useSteady } from './scale.ts';

/** Where marks stand. The same object until the plot changes its size or one of the axes an end. */
export interface Plane {
  readonly area: PlotArea;
  readonly x: Scale;
  readonly y: Scale;
  /** Pixels of a rem. */
  readonly rem: number;
}

export const PlaneContext = createContext<Plane | null>(null);

/** The plane of the plot that a mark, or a legend, belongs to. */
export function usePlane(): Plane {
  const plane = useContext(PlaneContext);
  if (plane === null) throw new Error('Marks belong into a plot.');
  return plane;
}

/** A plane in a box of its margins. */
export function usePlaneIn(box: Box, horizontal: Axis, vertical: Axis, margins: Margins = {}): Plane {
  const x = useSteady(horizontal);
  const y = useSteady(vertical);
  const { left, right, top, bottom, isSquare } = margins;
  return useMemo(() => {
    const area = plotArea(box, { left, right, top, bottom, isSquare });
    const [from, to] = y.isDown ? [area.top, area.bottom] : [area.bottom, area.top];
    return { area, x: scaleOf(x, area.left, area.right), y: scaleOf(y, from, to), rem: box.rem };
  }, [box, x, y, left, right, top, bottom, isSquare]);
}

/** What shows where the plane ends: grid lines at its numbers; a frame, where those would lie on colours; or nothing. */
export type Ground = 'grid' | 'frame' | 'none';

/** The axes of the plane. */
export const Axes = memo(function Axes({ ground }: { readonly ground: Ground }) {
  const plane = usePlane();
  return (
    <>
      {ground === 'frame' && <Frame area={plane.area} />}
      <VerticalAxis {...plane} hasGrid={ground === 'grid'} />
      <HorizontalAxis {...plane} />
    </>
  );
});

/** The edges of an area. */
export function Frame({ area: { left, right, top, bottom } }: { readonly area: PlotArea }) {
  return <rect fill="none" stroke="var(--line)" x={left} y={top} width={right - left} height={bottom - top} />;
}

const tickClass = ({ isStrong }: Label): string => (isStrong ? 'chart-tick chart-tick-strong' : 'chart-tick');

/** Numbers on the left and grid lines behind the plot, and beside them what they measure. */
function VerticalAxis({ area, y, rem, hasGrid }: Plane & { readonly hasGrid: boolean }) {
  const { ticks, label, offset = 0 } = y.axis;
  return (
    <g>
      {ticks(y, rem).map((tick) => {
        const { px } = y.at(tick.value);
        return (
          <g key={tick.value} transform={`translate(0,${px})`}>
            {hasGrid && (
              <line className={px === area.bottom ? 'chart-base' : 'chart-grid'} x1={area.left} x2={area.right} />
            )}
            <text
              className={tickClass(tick)}
              x={area.left - offset * rem - 6}
              textAnchor="end"
              dominantBaseline="central"
            >
              {tick.label}
            </text>
          </g>
        );
      })}
      <text
        className="chart-axis-label"
        transform={`translate(2,${(area.top + area.bottom) / 2}) rotate(-90)`}
        textAnchor="middle"
        dy="0.85em"
      >
        {label}
      </text>
    </g>
  );
}

/** Numbers below the plot, the outermost within its width, or names that are turned, and below them what they measure. */
function HorizontalAxis({ area, x, rem }: Plane) {
  const { ticks, label, isTurned } = x.axis;
  return (
    <g>
      {ticks(x, rem).map((tick) => {
        const { px } = x.at(tick.value);
        return (
          <g key={tick.value} transform={`translate(${px},${area.bottom})`}>
            {isTurned ? (
              <text
                className={tickClass(tick)}
                transform="translate(0,6) rotate(-90)"
                textAnchor="end"
                dominantBaseline="central"
              >
                {tick.label}
              </text>
            ) : (
              <>
                <line className="chart-tick-mark" y2="4" />
                <text className={tickClass(tick)} y={1.1 * rem} textAnchor={anchor(px, area)}>
                  {tick.label}
                </text>
              </>
            )}
          </g>
        );
      })}
      <text
        className="chart-axis-label"
        x={(area.left + area.right) / 2}
        y={area.bottom + (isTurned ? TURNED : BELOW) * rem}
        textAnchor="middle"
      >
        {label}
      </text>
    </g>
  );
}

/** From the plot to the label of the axis below numbers, and below names that are turned, in rem. */
const BELOW = 2.05;
const TURNED = 6.2;

function anchor(px: number, { left, right }: PlotArea): 'start' | 'middle' | 'end' {
  const at = (px - left) / (right - left);
  if (at < 0.02) return 'start';
  return at > 0.98 ? 'end' : 'middle';
}
