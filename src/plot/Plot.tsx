/** A chart on two axes. It says scales, marks, and what is read at a position; this draws the axes and reads. */
import { createContext, memo, type ReactNode, useContext, useMemo } from 'react';
import { text } from '../messages/messages.ts';
import { HorizontalAxis, VerticalAxis } from './Axes.tsx';
import { type Box, type PlotArea, plotArea, useBox } from './area.ts';
import { type ChartSlots, Frame, type Reading } from './Chart.tsx';
import type { Cursor } from './cursor.ts';
import { type Axis, type Scale, scaleOf, useSteady } from './scale.ts';
import type { ChartTable } from './table.ts';

/** Where marks stand. The same object until the plot changes its size or one of the axes an end. */
export interface Plane {
  readonly area: PlotArea;
  readonly x: Scale;
  readonly y: Scale;
  /** Pixels of a rem. */
  readonly rem: number;
}

const PlaneContext = createContext<Plane | null>(null);

/** The plane of the plot that a mark, or a legend, belongs to. */
export function usePlane(): Plane {
  const plane = useContext(PlaneContext);
  if (plane === null) throw new Error('Marks belong into a plot.');
  return plane;
}

/** Room beside the axes' own margins, in rem. */
interface Margins {
  readonly top?: number;
  readonly right?: number;
  /** In place of the axes' own. */
  readonly left?: number;
  readonly bottom?: number;
  /** The largest square that there is room for: both axes have the same scale. */
  readonly isSquare?: boolean;
}

/** A plane of a size. */
function planeOf(box: Box, x: Axis, y: Axis, { right = 0, isSquare, ...margins }: Margins = {}): Plane {
  const all = plotArea(box, margins);
  const wide = { ...all, right: Math.max(all.left + 1, all.right - right * box.rem) };
  const size = Math.max(1, Math.min(wide.right - wide.left, wide.bottom - wide.top));
  const area = isSquare ? { ...wide, right: wide.left + size, bottom: wide.top + size } : wide;
  const [from, to] = y.isDown ? [area.top, area.bottom] : [area.bottom, area.top];
  return { area, x: scaleOf(x, area.left, area.right), y: scaleOf(y, from, to), rem: box.rem };
}

export interface PlotProps extends ChartSlots {
  readonly x: Axis;
  readonly y: Axis;
  readonly margins?: Margins;
  /** Its title and its legend stand elsewhere. */
  readonly isBare?: boolean;
  readonly cursor: Cursor;
  /** What the slider over the chart is called; the title unless it is given. */
  readonly name?: string;
  /** What keys do that is not usual, in a sentence. */
  readonly keys?: string;
  /** What is said at a position of the cursor. */
  readonly spoken: (at: number) => string;
  /** The ends of the slider; those of the horizontal axis unless they are given. */
  readonly min?: number;
  readonly max?: number;
  /** Keys that are no business of the cursor along the horizontal axis. Returns whether it was one. */
  readonly onKey?: (key: string) => boolean;
  /** Values that are pointed at, instead of moving the cursor to `x`. */
  readonly onPoint?: (x: number, y: number) => void;
  /** A sentence that says what the picture shows. */
  readonly summary: string;
  /** Its figures as rows: asked for when somebody wants them. */
  readonly table: () => ChartTable;
  /** Shown in the plot instead of a reading while there is no data. */
  readonly empty: string | null;
  /** Below the plot, with the values at the cursor. */
  readonly legend: ReactNode;
  /** Below the marks: a canvas. */
  readonly behind?: ReactNode;
  /** Marks. */
  readonly children: ReactNode;
}

/** A chart with a plane, on which its children stand as marks. */
export function Plot({ margins = {}, behind, children, ...props }: PlotProps) {
  const [ref, box] = useBox();
  const x = useSteady(props.x);
  const y = useSteady(props.y);
  const { top, right, left, bottom, isSquare } = margins;
  const plane = useMemo(
    () =>
      planeOf(box, x, y, {
        ...(top !== undefined && { top }),
        ...(right !== undefined && { right }),
        ...(left !== undefined && { left }),
        ...(bottom !== undefined && { bottom }),
        ...(isSquare !== undefined && { isSquare }),
      }),
    [box, x, y, top, right, left, bottom, isSquare],
  );
  return (
    <PlaneContext value={plane}>
      <Frame {...props} plot={ref} box={box} reading={readingOf(props, plane)}>
        {behind}
        <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
          <PlaneAxes plane={plane} hasGrid={behind === undefined} />
          {children}
        </svg>
      </Frame>
    </PlaneContext>
  );
}

function readingOf(props: Omit<PlotProps, 'margins' | 'behind' | 'children'>, { x, y }: Plane): Reading | null {
  const { cursor, title, name = title, keys, spoken, onKey, onPoint = cursor.pointAt } = props;
  const { min = props.x.min, max = props.x.max } = props;
  if (cursor.at === null) return null;
  return {
    label: keys === undefined ? text.charts.name(name) : `${text.charts.name(name)}. ${keys}`,
    min,
    max,
    now: cursor.at,
    text: spoken(cursor.at),
    onKey: (key) => onKey?.(key) || cursor.onKey(key),
    onPointAt: (left, top) => onPoint(x.invert(left), y.invert(top)),
    onLeave: cursor.leave,
  };
}

interface PlaneAxesProps {
  readonly plane: Plane;
  /** Or edges alone, where grid lines would lie on colours. */
  readonly hasGrid: boolean;
}

/** The axes of a plane. */
const PlaneAxes = memo(function PlaneAxes({ plane: { area, x, y, rem }, hasGrid }: PlaneAxesProps) {
  const across = x.axis.ticks(x, rem).map((tick) => ({
    ...tick,
    at: (x.at(tick.value).px - area.left) / (area.right - area.left),
  }));
  const up = y.axis.ticks(y, rem).map((tick) => ({
    ...tick,
    at: (area.bottom - y.at(tick.value).px) / (area.bottom - area.top),
  }));
  return (
    <>
      {!hasGrid && <Edges area={area} />}
      <VerticalAxis area={area} ticks={up} label={y.axis.label} hasGrid={hasGrid} />
      <HorizontalAxis area={area} ticks={across} label={x.axis.label} rem={rem} />
    </>
  );
});

/** The edges of an area, where no grid lines show it. */
function Edges({ area: { left, right, top, bottom } }: { readonly area: PlotArea }) {
  return <rect className="chart-frame" x={left} y={top} width={right - left} height={bottom - top} />;
}
