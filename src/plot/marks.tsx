/** What is drawn in a plot: marks at values, the glyphs that they are made of, and the data of their paths. */
import { pathRound } from 'd3-path';
import { area as areaShape, line as lineShape, type SymbolType } from 'd3-shape';
import { memo, useLayoutEffect, useRef } from 'react';
import type { Look } from './looks.ts';
import { type Plane, usePlane } from './plane.tsx';

/** A point in the units of the axes. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Lines whose pattern says what they are. What is pinned is neither solid as a fit nor dashed as theory. */
const lines = {
  train: {},
  test: { strokeDasharray: '3 5' },
  run: { strokeWidth: 1, opacity: 0.55 },
  loss: { strokeWidth: 1.25 },
  lags: {},
  fit: { strokeWidth: 1.5 },
  theory: { strokeWidth: 1.5, strokeDasharray: '7 4' },
  chance: { strokeWidth: 1.5, strokeDasharray: '1 4' },
  white: { strokeWidth: 1.5, strokeDasharray: '1 4' },
  brown: { strokeWidth: 1.5, strokeDasharray: '7 4' },
  predicted: { strokeDasharray: '5 4' },
  undrawn: { strokeDasharray: '5 4', opacity: 0.45 },
  measured: { strokeWidth: 2.5 },
  'pin-1': { strokeWidth: 1.25, strokeDasharray: '1.5 3', opacity: 0.75 },
  'pin-2': { strokeWidth: 1.25, strokeDasharray: '6 2.5 1.5 2.5', opacity: 0.75 },
  'pin-3': { strokeWidth: 1.25, strokeDasharray: '6 2.5 1.5 2.5 1.5 2.5', opacity: 0.75 },
} as const;
export type LineKind = keyof typeof lines;

/** The attributes of a line. */
export const lineOf = (kind: LineKind, color: string) => ({
  className: 'chart-line',
  'data-kind': kind,
  stroke: color,
  strokeWidth: 2,
  ...lines[kind],
});

/** SVG path data through the points; the line breaks where a value has no place on the axis. */
export function linePath(points: readonly Point[], { x, y }: Pick<Plane, 'x' | 'y'>): string {
  const path = lineShape<{ readonly px: number; readonly py: number | null }>()
    .x(({ px }) => px)
    .y(({ py }) => py ?? 0)
    .defined(({ py }) => py !== null)
    .digits(1);
  return path(points.map((point) => ({ px: x.at(point.x).px, py: y.px(point.y) }))) ?? '';
}

interface LineProps {
  /** The same array while nothing has changed: then it is not drawn again. */
  readonly points: readonly Point[];
  readonly kind: LineKind;
  readonly color: string;
}

/** A line through points. */
export const Line = memo(function Line({ points, kind, color }: LineProps) {
  return <path {...lineOf(kind, color)} d={linePath(points, usePlane())} />;
});

/** A range of values at a place. */
export interface Range {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** SVG path data of the band between the lowest and the highest values. */
export function bandPath(ranges: readonly Range[], { x, y }: Pick<Plane, 'x' | 'y'>): string {
  const path = areaShape<Range>()
    .x((range) => x.at(range.x).px)
    .y0((range) => y.at(range.low).px)
    .y1((range) => y.at(range.high).px)
    .digits(1);
  return path(ranges) ?? '';
}

/** A band from the lowest to the highest values. */
export function Band({ ranges, color }: { readonly ranges: readonly Range[]; readonly color: string }) {
  return <path opacity={0.18} d={bandPath(ranges, usePlane())} fill={color} />;
}

/** SVG path data of a dot at each value: strokes of no length, to be drawn with round ends. */
export function dotsPath(at: number, values: readonly number[], { x, y }: Pick<Plane, 'x' | 'y'>): string {
  return values.map((value) => `M${x.at(at).px.toFixed(1)},${y.at(value).px.toFixed(1)}h0`).join('');
}

interface DotsProps {
  readonly at: number;
  readonly values: readonly number[];
  readonly color: string;
}

/** Small dots above each other. */
export function Dots({ at, values, color }: DotsProps) {
  return (
    <path strokeLinecap="round" strokeWidth={5} opacity={0.75} d={dotsPath(at, values, usePlane())} stroke={color} />
  );
}

interface RingProps extends Point {
  readonly color: string;
  /** In pixels. */
  readonly radius?: number;
}

/** A circle around a value that is read off; nothing where it has no place. */
export function Ring({ x: at, y: value, color, radius = 3.5 }: RingProps) {
  const { x, y } = usePlane();
  const cy = y.px(value);
  return cy === null ? null : (
    <circle fill="var(--panel)" strokeWidth={2} cx={x.at(at).px} cy={cy} r={radius} stroke={color} />
  );
}

interface RuleProps {
  /** On the horizontal axis; null for none. */
  readonly at: number | null;
  /** What is read off, or what the page shows. */
  readonly kind?: 'cursor' | 'view';
}

const rules = {
  cursor: { stroke: 'var(--ink-soft)', strokeDasharray: '2 3' },
  view: { stroke: 'var(--ink)', strokeWidth: 1.5 },
};

/** A vertical line through the plot. */
export function Rule({ at, kind = 'cursor' }: RuleProps) {
  const { area, x } = usePlane();
  if (at === null) return null;
  const { px } = x.at(at);
  return <line className={`chart-${kind}`} x1={px} x2={px} y1={area.top} y2={area.bottom} {...rules[kind]} />;
}

interface LevelProps {
  /** On the vertical axis. */
  readonly at: number;
  readonly kind: LineKind;
  readonly color: string;
}

/** A horizontal line through the plot. */
export function Level({ at, kind, color }: LevelProps) {
  const { area, y } = usePlane();
  const { px } = y.at(at);
  return <line {...lineOf(kind, color)} x1={area.left} x2={area.right} y1={px} y2={px} />;
}

interface MarksProps {
  readonly points: readonly Point[];
  readonly shape: SymbolType;
  readonly color: string;
  readonly isHollow?: boolean;
  /** Square pixels of each. */
  readonly size?: number;
}

/** A small mark at every point, all in one path. Those without a place on the axis lie on its edge. */
export function Marks({ points, shape, color, isHollow = false, size = 25 }: MarksProps) {
  const { x, y } = usePlane();
  const places = points.map((point) => ({ x: x.at(point.x).px, y: y.at(point.y).px }));
  return <path d={marksPath(shape, size, places)} fill={isHollow ? 'none' : color} stroke={color} />;
}

/** A series' shape at a value; nothing where it has no place. */
export function ShapeAt({ look, x: at, y: value }: Point & { readonly look: Look }) {
  const { x, y } = usePlane();
  const py = y.px(value);
  return py === null ? null : <Shape look={look} x={x.at(at).px} y={py} />;
}

interface OutlineProps extends Point {
  /** The side of a cell in values. */
  readonly side?: number;
  /** In pixels. */
  readonly least?: number;
}

/** Shows on every colour. */
export const outline = {
  fill: 'none',
  stroke: '#ffffff',
  strokeWidth: 1.5,
  filter: 'drop-shadow(0 0 1px #000000)',
};

/** The outline of a cell. */
export function Outline({ x: column, y: row, side = 1, least = 0 }: OutlineProps) {
  const { x, y } = usePlane();
  const [width, height] = [Math.max(least, side * x.unit), Math.max(least, side * y.unit)];
  const [left, top] = [x.at(column).px - width / 2, y.at(row).px - height / 2];
  return <rect className="chart-outline" x={left} y={top} width={width} height={height} {...outline} />;
}

interface CrossHairProps extends Omit<OutlineProps, 'least'> {
  /** Where the row ends; at the end of the axis unless it is given. */
  readonly until?: number;
  /** What the row is longer than the axis by, on its left and on its right, in rem. */
  readonly beyond?: readonly [left: number, right: number];
}

/** A cell that is read off: its row, its column, and an outline. */
export function CrossHair({ x: column, y: row, side = 1, until, beyond: [before, behind] = [0, 0] }: CrossHairProps) {
  const { area, x, y, rem } = usePlane();
  const right = until === undefined ? area.right : x.at(until).px;
  const [px, py] = [x.at(column).px, y.at(row).px];
  const line = `M${px},${area.top}V${area.bottom}M${area.left - before * rem},${py}H${right + behind * rem}`;
  return (
    <g>
      <path {...outline} strokeOpacity={0.7} strokeWidth={1} d={line} />
      <Outline x={column} y={row} side={side} least={6} />
    </g>
  );
}

interface CellsProps {
  /** RGBA, row by row from the top. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly columns: number;
}

/** A picture that fills the plot: a pixel a cell, scaled up without smoothing. */
export const Cells = memo(function Cells({ pixels, columns }: CellsProps) {
  const { x, y } = usePlane();
  const ref = useRef<HTMLCanvasElement>(null);
  const rows = pixels.length / 4 / columns;
  useLayoutEffect(() => {
    if (rows > 0) ref.current?.getContext('2d')?.putImageData(new ImageData(pixels, columns, rows), 0, 0);
  }, [pixels, columns, rows]);
  const size = { width: x.to - x.from, height: Math.abs(y.to - y.from) };
  return (
    <div className="chart-heat" style={{ left: x.from, top: Math.min(y.from, y.to), ...size }}>
      <canvas ref={ref} width={columns} height={Math.max(1, rows)} style={size} />
    </div>
  );
});

/** The mark of a series, in colour and shape, at a place in a plot. */
export function Shape({ look, x, y }: { readonly look: Look; readonly x: number; readonly y: number }) {
  return (
    <path
      className="chart-shape"
      d={look.shape}
      fill={look.color}
      stroke="var(--panel)"
      strokeWidth={1.5}
      paintOrder="stroke"
      transform={`translate(${x},${y})`}
    />
  );
}

/** A cross where a run diverged. */
export function Cross({ look, x, y }: { readonly look: Look; readonly x: number; readonly y: number }) {
  return (
    <path
      className="chart-cross"
      d="M-4,-4l8,8m0,-8l-8,8"
      fill="none"
      stroke={look.color}
      strokeLinecap="round"
      strokeWidth={2.5}
      transform={`translate(${x},${y})`}
    />
  );
}

/** What d3's shapes are drawn with: they use no other commands than these. */
type Pen = Parameters<SymbolType['draw']>[0];

/**
 * One of d3's shapes at many places, as the data of a single SVG path: so a new step changes one attribute, however many
 * marks there are.
 *
 * @param area of each, in square pixels
 */
export function marksPath(shape: SymbolType, area: number, places: readonly Point[]): string {
  const path = pathRound(1);
  for (const { x, y } of places) {
    const pen: Partial<Pen> = {
      moveTo: (dx, dy) => path.moveTo(x + dx, y + dy),
      lineTo: (dx, dy) => path.lineTo(x + dx, y + dy),
      rect: (dx, dy, width, height) => path.rect(x + dx, y + dy, width, height),
      arc: (dx, dy, ...arc) => path.arc(x + dx, y + dy, ...arc),
      closePath: () => path.closePath(),
    };
    shape.draw(pen as Pen, area);
  }
  return path.toString();
}
