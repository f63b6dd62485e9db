/**
 * What a stack is drawn with, as SVG path data: its blocks, coloured by width, the shortcuts as arcs on their left, and the live bars. Rows
 * that look alike share one path, so that 110 layers are a handful of elements and a new step changes a few attributes.
 */
import type { Row } from '../../network/graph.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { type Mark, placer } from '../../plot/scale.ts';
import { type Band, band, type Span } from './layout.ts';

/** A row as far as its shape goes. `shortcutTo`: on the first row of a residual block, the row at which its shortcut joins again. */
export type DrawnRow = Pick<Row, 'kind' | 'shape' | 'shortcutTo'> & Partial<Pick<Row, 'onShortcut'>>;

/** A coordinate as it is written into a path: tenths of a pixel are enough, and short. */
function at(coordinate: number): string {
  return String(Math.round(coordinate * 10) / 10);
}

/** Rows of one look: `tint` is the share of the network's colour in percent, null for a bare outline. */
export interface BlockGroup {
  readonly tint: number | null;
  readonly path: string;
}

/** From 4 channels (pale) to 64 and more (strong), in equal steps for each doubling. */
export function tint(channels: number): number {
  return Math.round(Math.min(66, Math.max(12, 18 + 12 * Math.log2(channels / 8))));
}

/** The blocks of all rows, grouped by their look, in the order in which the looks appear. */
export function blockGroups(rows: readonly DrawnRow[], rowHeight: number, lane: Span): BlockGroup[] {
  const groups = new Map<number | null, string[]>();
  rows.forEach((row, index) => {
    const look = row.kind === 'identity' ? null : tint(row.shape[2]);
    const paths = groups.get(look) ?? [];
    paths.push(outline(row.kind, band(index, rowHeight), lane));
    groups.set(look, paths);
  });
  return Array.from(groups, ([look, paths]) => ({ tint: look, path: paths.join('') }));
}

/** Pools narrow downwards, as their maps do; dense layers, which have no map, are hexagons. */
function outline(kind: Row['kind'], { top, height }: Band, { from, to }: Span): string {
  const bottom = top + height;
  const corner = Math.min((to - from) / 5, 8);
  switch (kind) {
    case 'maxpool':
    case 'avgpool':
      return polygon([from, top], [to, top], [to - corner, bottom], [from + corner, bottom]);
    case 'dense':
    case 'classifier': {
      const middle = top + height / 2;
      const inset = Math.min(corner, height / 2);
      return polygon(
        [from, middle],
        [from + inset, top],
        [to - inset, top],
        [to, middle],
        [to - inset, bottom],
        [from + inset, bottom],
      );
    }
    default:
      return polygon([from, top], [to, top], [to, bottom], [from, bottom]);
  }
}

function polygon(...points: readonly (readonly [x: number, y: number])[]): string {
  return `M${points.map(([x, y]) => `${at(x)},${at(y)}`).join('L')}Z`;
}

/** Where a shortcut leaves and comes back, and how far it reaches to the left, in pixels. */
interface Arc {
  readonly start: number;
  readonly end: number;
  readonly left: number;
}

function arcOf(index: number, shortcutTo: number, rowHeight: number, lane: Span): Arc {
  const first = band(index, rowHeight);
  const last = band(shortcutTo, rowHeight);
  return { start: first.top + first.height * 0.3, end: last.top + last.height * 0.7, left: lane.from + 2 };
}

/** Each shortcut leaves above its block's first layer and comes back below its last one, where it is added: one path for all of them. */
export function arcs(rows: readonly DrawnRow[], rowHeight: number, lane: Span): string {
  return rows
    .map((row, index) => {
      if (row.shortcutTo === null) return '';
      const { start, end, left } = arcOf(index, row.shortcutTo, rowHeight, lane);
      // A cubic curve reaches three quarters of its control points' distance.
      const x = lane.to - ((lane.to - left) * 4) / 3;
      return `M${at(lane.to)},${at(start)}C${at(x)},${at(start)} ${at(x)},${at(end)} ${at(lane.to)},${at(end)}`;
    })
    .join('');
}

/** Half the side of a sign, at most. */
const SIGN = 3;

/** The outline of a sign around a point: a square for a 1×1 conv, a diamond for a factor, a valve for a gate, a cross for what is dropped. */
const signs: Readonly<Record<string, (x: number, y: number, half: number) => string>> = {
  conv: (x, y, half) => polygon([x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half]),
  scale: (x, y, half) => polygon([x, y - half], [x + half, y], [x, y + half], [x - half, y]),
  gate: (x, y, half) => polygon([x - half, y - half], [x + half, y - half], [x - half, y + half], [x + half, y + half]),
  drop: (x, y, half) =>
    `M${at(x - half)},${at(y - half)}L${at(x + half)},${at(y + half)}M${at(x + half)},${at(y - half)}L${at(x - half)},${at(y + half)}`,
};

/** What lies on each shortcut, as signs on its arc: one path for all of them. */
export function arcSigns(rows: readonly DrawnRow[], rowHeight: number, lane: Span): string {
  return rows
    .map((row, index) => {
      const drawn = (row.onShortcut ?? []).flatMap((kind) => signs[kind] ?? []);
      if (row.shortcutTo === null || drawn.length === 0) return '';
      const { start, end, left } = arcOf(index, row.shortcutTo, rowHeight, lane);
      const step = (end - start) / (drawn.length + 1);
      const half = Math.min(SIGN, step / 2 - 0.5);
      if (half < 1) return '';
      const x = Math.max(left, half + 1);
      return drawn.map((sign, order) => sign(x, start + (order + 1) * step, half)).join('');
    })
    .join('');
}

/**
 * Path data of the bars by what it stands for, empty where there is nothing to draw: `value` bars to fill; `above` the chevrons on bars that
 * are cut off; `below` triangles that point out of the axis; `zero` rings beside it, not to be taken for a tiny value; `notFinite` lines
 * along the whole axis, to be hatched. All but `value` are strokes.
 */
export type BarPaths = Readonly<Record<Mark, string>>;

/** The radius of a ring, and the room around it, in pixels. */
const RING = 3;
const AROUND_RING = 2;

/**
 * The bars of a step. What has no length on the axis gets a mark.
 *
 * @param values one a weight layer, input first; layers without one get nothing
 * @param rowOf the row of each weight layer
 */
export function barPaths(
  values: ArrayLike<number>,
  rowOf: readonly number[],
  axis: ValueAxis,
  rowHeight: number,
  { from, to }: Span,
): BarPaths {
  const paths = { value: '', above: '', below: '', zero: '', notFinite: '' };
  const place = placer(axis);
  let lastRing = Number.NEGATIVE_INFINITY;
  rowOf.forEach((row, layer) => {
    const value = values[layer];
    if (value === undefined) return;
    const { top, height } = band(row, rowHeight);
    const { at: share, mark } = place(value);
    const half = at(height / 2);
    switch (mark) {
      case 'above':
        paths.above += `M${at(to - 6)},${at(top)}l5,${half}l-5,${half}`;
        paths.value += bar(from, top, to - from, height);
        break;
      case 'value':
        paths.value += bar(from, top, share * (to - from), height);
        break;
      case 'below':
        paths.below += `M${at(from + 6)},${at(top)}l-5,${half}l5,${half}z`;
        break;
      case 'zero':
        // Rows of a few pixels share one.
        if (row * rowHeight - lastRing < 2 * RING + AROUND_RING) break;
        lastRing = row * rowHeight;
        paths.zero += ring(from + RING + AROUND_RING, top + height / 2);
        break;
      case 'notFinite':
        paths.notFinite += `M${at(from)},${at(top + height / 2)}H${at(to)}`;
    }
  });
  return paths;
}

function ring(x: number, y: number): string {
  const half = `a${RING},${RING} 0 0 1`;
  return `M${at(x - RING)},${at(y)}${half} ${2 * RING},0${half} ${-2 * RING},0z`;
}

function bar(x: number, y: number, width: number, height: number): string {
  return `M${at(x)},${at(y)}h${at(width)}v${at(height)}h${at(-width)}z`;
}
