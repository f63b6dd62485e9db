/**
 * Small multiples: equal pictures of cells, side by side and in rows, as large as there is room for; in bands below one
 * another where there are several of each. They need no axes.
 */
import { memo, type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import { type Box, useBox } from './area.ts';
import { Chart, type ChartProps, type Reading } from './Chart.tsx';
import type { Cell } from './cursor.ts';
import { outline } from './marks.tsx';
import { type ReadAt, readingOf } from './Plot.tsx';
import { cellAxis, type Scale, scaleOf } from './scale.ts';

/** What is to be laid out. */
export interface FacetShape {
  /** Pictures in a band. */
  readonly count: number;
  /** Cells across a picture, and down. */
  readonly width: number;
  readonly height: number;
  readonly bands?: number;
  /** Of a band, in rows. */
  readonly mostRows?: number;
  /** Pixels of a cell, at most. */
  readonly largest?: number;
  /** Pixels between two pictures. */
  readonly gap: number;
  /** Room above every band, and below them all, in rem. */
  readonly heading?: number;
  readonly below?: number;
}

/** Where the pictures stand. */
export interface Facets {
  /** Pictures in a row, and rows of a band. */
  readonly columns: number;
  readonly rows: number;
  /** Pixels of a cell. */
  readonly cell: number;
  /** Pixels of a band with its heading. */
  readonly band: number;
  /** The cells 1, 2, … of a picture. Both are counted from 0. */
  readonly at: (picture: number, band?: number) => { readonly x: Scale; readonly y: Scale };
  /** The picture nearest to a pixel, and where in it that is. */
  readonly invert: (left: number, top: number) => { readonly picture: number; readonly x: number; readonly y: number };
}

/** A gain in the side of a picture that is worth another row, in pixels. */
const WORTH_A_ROW = 1;

const within = (value: number, count: number): number => Math.min(count - 1, Math.max(0, Math.floor(value)));
const none: Scale['axis']['ticks'] = () => [];

/** The layout with the largest cells, in the fewest rows. */
export function facetsIn({ width, height, rem }: Box, shape: FacetShape): Facets {
  const { count, bands = 1, gap, largest = Number.POSITIVE_INFINITY, mostRows = count } = shape;
  const heading = (shape.heading ?? 0) * rem;
  const room = (height - (shape.below ?? 0) * rem) / bands - heading;
  let best = { columns: count, rows: 1, cell: 0 };
  for (let wanted = 1; wanted <= mostRows; wanted++) {
    const columns = Math.ceil(count / wanted);
    const rows = Math.ceil(count / columns);
    const across = (width - (columns - 1) * gap) / (columns * shape.width);
    const cell = Math.min(largest, across, (room - (rows - 1) * gap) / (rows * shape.height));
    if ((cell - best.cell) * shape.width > (best.cell === 0 ? 0 : WORTH_A_ROW)) best = { columns, rows, cell };
  }
  const { columns, rows, cell } = best;
  const [across, down] = [shape.width * cell + gap, shape.height * cell + gap];
  const band = heading + rows * down;
  const at: Facets['at'] = (picture, which = 0) => {
    const left = (picture % columns) * across;
    const top = which * band + heading + Math.floor(picture / columns) * down;
    return {
      x: scaleOf(cellAxis(shape.width, '', none), left, left + shape.width * cell),
      y: scaleOf(cellAxis(shape.height, '', none), top, top + shape.height * cell),
    };
  };
  return {
    columns,
    rows,
    cell,
    band,
    at,
    invert: (left, top) => {
      const inBand = top - within(top / band, bands) * band - heading;
      const picture = Math.min(count - 1, within(inBand / down, rows) * columns + within(left / across, columns));
      const { x, y } = at(picture, within(top / band, bands));
      return { picture, x: x.invert(left), y: y.invert(top) };
    },
  };
}

/** The facets of a chart, and the element whose room they take. */
export interface FacetsLayout {
  readonly plot: RefObject<HTMLDivElement | null>;
  readonly box: Box;
  readonly facets: Facets;
}

/** Lays facets out in a chart: the same object until the chart changes its size. @param shape the same object until it changes */
export function useFacets(shape: FacetShape): FacetsLayout {
  const [plot, box] = useBox();
  return useMemo(() => ({ plot, box, facets: facetsIn(box, shape) }), [plot, box, shape]);
}

interface FacetPlotProps<T> extends Omit<ChartProps, 'plot' | 'reading'>, ReadAt<T> {
  readonly layout: FacetsLayout;
  /** The ends of the slider. */
  readonly min: number;
  readonly max: number;
  /** Below the marks: `Pictures`. */
  readonly behind: ReactNode;
}

/** A chart of facets; its children are marks over them. */
export function FacetPlot<T>({ behind, children, layout, min, max, ...props }: FacetPlotProps<T>) {
  const { plot, box, facets } = layout;
  const pointAt: Reading['onPointAt'] = (left, top) => {
    const { picture, x, y } = facets.invert(left, top);
    props.cursor.pointAt(x, y, picture);
  };
  return (
    <Chart {...props} plot={plot} reading={readingOf(props, { min, max }, pointAt)}>
      {behind}
      <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
        {children}
      </svg>
    </Chart>
  );
}

interface FacetMarkProps {
  readonly facets: Facets;
  readonly picture: number;
  readonly band?: number;
  /** Both counted from 1; all cells unless it is given. */
  readonly cell?: Cell;
}

/** The outline of a picture, or of a cell in it. */
export function FacetOutline({ facets, picture, band = 0, cell }: FacetMarkProps) {
  const { x, y } = facets.at(picture, band);
  const start = (scale: Scale, at: number | undefined): number =>
    at === undefined ? scale.from : scale.at(at).px - scale.unit / 2;
  return (
    <rect
      className="chart-outline"
      x={start(x, cell?.column)}
      y={start(y, cell?.row)}
      width={cell ? x.unit : x.to - x.from}
      height={cell ? y.unit : y.to - y.from}
      {...outline}
    />
  );
}

interface PicturesProps {
  readonly layout: FacetsLayout;
  readonly shape: FacetShape;
  /** Of each band the cells of its pictures as RGBA: picture by picture, and in it row by row. */
  readonly bands: readonly Uint8ClampedArray<ArrayBuffer>[];
}

/** Paints on a canvas as large as it is shown, in device pixels. */
function paint(canvas: HTMLCanvasElement, { layout: { box, facets }, shape, bands }: PicturesProps): void {
  const ratio = globalThis.devicePixelRatio ?? 1;
  canvas.width = Math.max(1, Math.round(box.width * ratio));
  canvas.height = Math.max(1, Math.round(box.height * ratio));
  const context = canvas.getContext('2d');
  const { count, width, height } = shape;
  const source = Object.assign(document.createElement('canvas'), { width, height: height * count });
  const whole = source.getContext('2d');
  if (!context || !whole) return;
  // Enlarged, a cell stays a square; where there is no room for all, they are averaged.
  context.imageSmoothingEnabled = facets.cell * ratio < 1;
  bands.forEach((pixels, band) => {
    whole.putImageData(new ImageData(pixels, width, height * count), 0, 0);
    for (let picture = 0; picture < count; picture++) {
      const { x, y } = facets.at(picture, band);
      // Edges on whole device pixels.
      const [left, top, right, bottom] = [x.from, y.from, x.to, y.to].map((px) => Math.round(px * ratio));
      if (left === undefined || top === undefined || right === undefined || bottom === undefined) continue;
      const size = [Math.max(1, right - left), Math.max(1, bottom - top)] as const;
      context.drawImage(source, 0, picture * height, width, height, left, top, ...size);
    }
  });
}

/** The pictures of all bands. */
export const Pictures = memo(function Pictures(props: PicturesProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (ref.current) paint(ref.current, props);
  });
  const { width, height } = props.layout.box;
  return (
    <div className="chart-heat" style={{ inset: 0 }}>
      <canvas ref={ref} style={{ width, height }} />
    </div>
  );
});
