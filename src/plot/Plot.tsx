/** A chart on two axes. It says scales, marks, and what is read at a place; this draws the axes and reads. */
import type { ReactNode } from 'react';
import { text } from '../messages/messages.ts';
import { type Box, type Margins, useBox } from './area.ts';
import { Chart, type ChartProps, type Reading } from './Chart.tsx';
import type { Cursor } from './cursor.ts';
import { Axes, type Ground, type Plane, PlaneContext, usePlaneIn } from './plane.tsx';
import type { Axis } from './scale.ts';

/** How a chart is read at places of a kind. */
export interface ReadAt<T> {
  readonly cursor: Cursor<T>;
  /** What the slider over the chart is called; the title unless it is given. */
  readonly name?: string;
  /** What keys do that is not usual, in a sentence. */
  readonly keys?: string;
  /** What is said at a place of the cursor. */
  readonly spoken: (at: T) => string;
  /** The place as a number of the slider; itself unless it is given. */
  readonly now?: (at: T) => number;
}

interface PlotProps<T> extends Omit<ChartProps, 'plot' | 'box' | 'reading'>, ReadAt<T> {
  readonly x: Axis;
  readonly y: Axis;
  /** Instead of the usual ones, where they differ. */
  readonly margins?: Margins | ((box: Box) => Margins);
  /** The ends of the slider; those of the horizontal axis unless they are given. */
  readonly min?: number;
  readonly max?: number;
  /** Below the marks: pixels. */
  readonly behind?: ReactNode;
  /** A grid unless it is given, or a frame around what is behind. Where it is nothing, axes without data would stand in the way of words. */
  readonly ground?: Ground;
}

/** A chart with a plane, on which its children stand as marks. */
export function Plot<T = number>({ behind, children, ground, ...props }: PlotProps<T>) {
  const [ref, box] = useBox();
  const { x, y, margins, min = x.min, max = x.max } = props;
  const plane = usePlaneIn(box, x, y, typeof margins === 'function' ? margins(box) : margins);
  return (
    <PlaneContext value={plane}>
      <Chart {...props} plot={ref} reading={readingOf(props, { min, max }, pointOn(props.cursor, plane))}>
        {behind}
        <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
          {(ground !== 'none' || props.empty === null) && (
            <Axes ground={ground ?? (behind === undefined ? 'grid' : 'frame')} />
          )}
          {children}
        </svg>
      </Chart>
    </PlaneContext>
  );
}

function pointOn<T>({ pointAt }: Cursor<T>, { x, y }: Plane): Reading['onPointAt'] {
  return (left, top) => pointAt(x.invert(left), y.invert(top));
}

/** The slider over a chart; none while there is nothing to read. */
export function readingOf<T>(
  { cursor, title, name = title, keys, spoken, now = Number }: ReadAt<T> & Pick<ChartProps, 'title'>,
  ends: Pick<Reading, 'min' | 'max'>,
  onPointAt: Reading['onPointAt'],
): Reading | null {
  if (cursor.at === null) return null;
  return {
    ...ends,
    label: keys === undefined ? text.charts.name(name) : `${text.charts.name(name)}. ${keys}`,
    now: now(cursor.at),
    text: spoken(cursor.at),
    onKey: cursor.onKey,
    onPointAt,
    onLeave: cursor.leave,
  };
}
