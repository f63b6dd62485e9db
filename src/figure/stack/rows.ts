/** Where the rows of a stack lie: all of one height, from the input at the top to the classifier. */

/** Below this a bar can no longer be told from its neighbours; a stack that needs more than there is scrolls, and says so. */
export const MIN_ROW_HEIGHT = 2;
/** Above this a small network would look like a different chart than a deep one. */
export const MAX_ROW_HEIGHT = 28;
/** The least height at which a row's name can be read beside it. */
export const NAMED_ROW_HEIGHT = 14;

/** What is drawn of a row: `height` pixels at `top`, the gap to its neighbours left out. */
export interface Band {
  readonly top: number;
  readonly height: number;
}

/**
 * The height of each of `count` rows that share `available` pixels, in half pixels, so that the gaps
 * between rows look alike.
 */
export function rowHeight(available: number, count: number): number {
  const share = Math.floor((available / Math.max(1, count)) * 2) / 2;
  return Math.min(MAX_ROW_HEIGHT, Math.max(MIN_ROW_HEIGHT, share));
}

/** The row at a height `y` above or below the first row's top, or null outside of all rows. */
export function rowAt(y: number, height: number, count: number): number | null {
  const row = Math.floor(y / height);
  return row >= 0 && row < count ? row : null;
}

/** Pixels between two rows; rows of a few pixels give up theirs first. */
export const GAP = 2;

/** The drawn part of a row. */
export function band(row: number, height: number): Band {
  const gap = Math.min(GAP, height / 4);
  return { top: row * height + gap / 2, height: height - gap };
}

/** How many of a stack's rows are out of sight on either side. A row that is cut counts as one that is. */
export interface Hidden {
  readonly above: number;
  readonly below: number;
}

/**
 * The rows that are out of sight while a stack is scrolled.
 *
 * @param scrolled by how many pixels
 * @param available to the rows, in pixels
 * @param height of each of `count` rows
 */
export function hiddenRows(scrolled: number, available: number, height: number, count: number): Hidden {
  const rows = count * height;
  if (rows <= available) return { above: 0, below: 0 };
  const top = Math.min(Math.max(0, scrolled), rows - available);
  return { above: Math.ceil(top / height), below: Math.ceil((rows - available - top) / height) };
}

/** A coordinate as it is written into a path: tenths of a pixel are enough, and short. */
export function at(coordinate: number): string {
  return String(Math.round(coordinate * 10) / 10);
}
