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

/**
 * Each shortcut leaves above its block's first layer and comes back below its last one, where it is
 * added: one path for all of them.
 */
export function arcs(rows: readonly StackRow[], rowHeight: number, lane: Span): string {
  const reach = lane.to - lane.from - 2;
  return rows
    .map((row, index) => {
      if (row.shortcutTo === null) return '';
      const first = band(index, rowHeight);
      const last = band(row.shortcutTo, rowHeight);
      const start = first.top + first.height * 0.3;
      const end = last.top + last.height * 0.7;
      // A cubic curve reaches three quarters of its control points' distance.
      const x = lane.to - (reach * 4) / 3;
      return `M${at(lane.to)},${at(start)}C${at(x)},${at(start)} ${at(x)},${at(end)} ${at(lane.to)},${at(end)}`;
    })
    .join('');
}
