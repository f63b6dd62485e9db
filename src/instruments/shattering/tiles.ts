/** Pictures at the points of a line, in bands one below the other: each band has a heading and one picture a point. */
import type { Box } from '../../plot/area.ts';

export interface TilesLayout {
  /** Pictures in a row; a band breaks into as many rows as it takes. */
  readonly columns: number;
  readonly rows: number;
  /** Pixels of a picture's side, the gap beside it included. */
  readonly side: number;
  /** Pixels of a heading, and of a whole band with it. */
  readonly heading: number;
  readonly band: number;
}

/** Room below the bands for what the points are, in rem. */
const BELOW = 2.2;
/** Of a heading, in rem. */
const HEADING = 1.5;
/** A band is one row, or it breaks into rows of much the same length. */
const MOST_ROWS = 4;

/** The layout with the largest pictures; fewer rows where they are as large. */
export function tilesLayout({ width, height, rem }: Box, bands: number, points: number): TilesLayout {
  const heading = HEADING * rem;
  const room = Math.max(0, (height - BELOW * rem) / Math.max(1, bands) - heading);
  const layouts = Array.from({ length: MOST_ROWS }, (_, index) => {
    const rows = index + 1;
    const columns = Math.ceil(points / rows);
    const side = Math.min(width / columns, room / rows);
    return { columns, rows, side, heading, band: heading + rows * side };
  });
  return layouts.reduce((best, each) => (each.side > best.side + 1 ? each : best));
}

/** The upper left corner of a picture. @param point counted from 0 */
export function cornerOf(layout: TilesLayout, band: number, point: number): { readonly x: number; readonly y: number } {
  return {
    x: (point % layout.columns) * layout.side,
    y: band * layout.band + layout.heading + Math.floor(point / layout.columns) * layout.side,
  };
}

/** The point whose picture is nearest to a pixel, counted from 0, whichever the band. */
export function pointAt(layout: TilesLayout, points: number, x: number, y: number): number {
  const { columns, rows, side, heading, band } = layout;
  const row = Math.min(rows - 1, Math.max(0, Math.floor(((y % band) - heading) / side)));
  const column = Math.min(columns - 1, Math.max(0, Math.floor(x / side)));
  return Math.min(points - 1, row * columns + column);
}
