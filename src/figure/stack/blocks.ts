/**
 * The blocks of a stack: one shape a row, coloured by width, and the shortcuts as arcs on their
 * left. Rows that look alike share one path, so that 110 layers are a handful of elements.
 */
import type { Span } from './lanes.ts';
import { at, type Band, band } from './rows.ts';

/** What geometry needs to know of a drawn row; the rows of a network graph have it. */
export interface StackRow {
  readonly kind: 'conv' | 'identity' | 'maxpool' | 'avgpool' | 'dense' | 'classifier';
  /** Height, width and channels of the layer's output. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** On the first row of a residual block, the row at which its shortcut joins again. */
  readonly shortcutTo: number | null;
  /** There, too: what lies on the shortcut; nothing where it passes its input on as it is. */
  readonly onShortcut?: readonly string[];
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
export function blockGroups(rows: readonly StackRow[], rowHeight: number, lane: Span): BlockGroup[] {
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
function outline(kind: StackRow['kind'], { top, height }: Band, { from, to }: Span): string {
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

/**
 * Each shortcut leaves above its block's first layer and comes back below its last one, where it is
 * added: one path for all of them.
 */
export function arcs(rows: readonly StackRow[], rowHeight: number, lane: Span): string {
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
export function arcSigns(rows: readonly StackRow[], rowHeight: number, lane: Span): string {
  return rows
    .map((row, index) => {
      const drawn = (row.onShortcut ?? []).flatMap((kind) => signs[kind] ?? []);
      if (row.shortcutTo === null || drawn.length === 0) return '';
      const { start, end, left } = arcOf(index, row.shortcutTo, rowHeight, lane);
      const step = (end - start) / (drawn.length + 1);
      const half = Math.min(SIGN, step / 2 - 0.5);
      const x = Math.max(left, half + 1);
      return drawn.map((sign, order) => sign(x, start + (order + 1) * step, half)).join('');
    })
    .join('');
}
