/** What a chart is read at: where a cursor goes along ascending positions, or among cells, by pointer and by key. */
import { useState } from 'react';

/** Ascending numbers; an array of them will do. */
export interface Positions {
  readonly length: number;
  /** Negative indices count from the end. */
  at(index: number): number | undefined;
}

/** The numbers from 1 to `count`, which take no room however many they are. */
export function upTo(count: number): Positions {
  return {
    length: count,
    at(index) {
      const place = index < 0 ? count + index : index;
      return place >= 0 && place < count ? place + 1 : undefined;
    },
  };
}

/** How many positions lie at or before `x`. */
function countUpTo(positions: Positions, x: number): number {
  let from = 0;
  let to = positions.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((positions.at(middle) ?? 0) <= x) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The index of the position nearest to `x`; -1 if there is none. */
function nearestIndex(positions: Positions, x: number): number {
  const after = countUpTo(positions, x);
  const [low, high] = [positions.at(Math.max(0, after - 1)), positions.at(after)];
  if (low === undefined) return -1;
  return high !== undefined && high - x < x - low ? after : Math.max(0, after - 1);
}

/** The position nearest to `x`; null if there is none. */
export function nearest(positions: Positions, x: number): number | null {
  const index = nearestIndex(positions, x);
  return index < 0 ? null : (positions.at(index) ?? null);
}

/** The last position at or before `x`, or else the first one; null if there is none. */
export function lastUpTo(positions: Positions, x: number): number | null {
  return positions.at(Math.max(0, countUpTo(positions, x) - 1)) ?? null;
}

/**
 * Where a key takes the cursor: arrows to the neighbour, Page Up and Page Down by a tenth of the
 * way, Home and End to the ends. Null for keys that do not move it.
 */
export function moved(positions: Positions, from: number, key: string): number | null {
  const index = nearestIndex(positions, from);
  const page = Math.max(1, Math.round(positions.length / 10));
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    PageDown: index - page,
    PageUp: index + page,
    Home: 0,
    End: positions.length - 1,
  };
  const target = targets[key];
  if (target === undefined) return null;
  return positions.at(Math.min(positions.length - 1, Math.max(0, target))) ?? null;
}

/** A cell of a grid; both counted from 1, as on the axes of cells. */
export interface Cell {
  readonly column: number;
  readonly row: number;
}

/** Cells in rows. */
export interface Grid {
  readonly columns: Positions;
  readonly rows: number;
}

/** The cell nearest to values on the axes; null if there is none. */
export function nearestCell({ columns, rows }: Grid, { column, row }: Cell): Cell | null {
  const found = nearest(columns, column);
  return found === null || rows === 0 ? null : { column: found, row: Math.min(rows, Math.max(1, Math.round(row))) };
}

/**
 * Where a key takes the cursor among cells: the arrows up and down to the next row, other keys along the row as `moved`.
 *
 * @param isUp whether the first row is at the bottom
 */
export function movedCell({ columns, rows }: Grid, { column, row }: Cell, key: string, isUp = false): Cell | null {
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const next = (key === 'ArrowUp') === isUp ? row + 1 : row - 1;
    return { column, row: Math.min(rows, Math.max(1, next)) };
  }
  const target = moved(columns, column, key);
  return target === null ? null : { column: target, row };
}

/** What a chart is read at, of whatever kind its places are. */
export interface Cursor<T = number> {
  /** A place; `home` while nobody points. */
  readonly at: T | null;
  readonly isPointing: boolean;
  /** Goes to the place nearest to values on the axes. @param facet the picture that they are in, from 0 */
  readonly pointAt: (x: number, y: number, facet?: number) => void;
  /** Returns whether the key was one that moves it. */
  readonly onKey: (key: string) => boolean;
  readonly leave: () => void;
}

interface Places<T> {
  /** Where it rests while nobody points. @param last where somebody pointed last */
  readonly home: (last: T | null) => T | null;
  /** What values on the axes say. */
  readonly read: (x: number, y: number, facet: number) => T;
  /** The nearest place that there is. */
  readonly nearest: (to: T) => T | null;
  /** Where a key takes it; null for keys that do not move it. */
  readonly moved: (from: T, key: string) => T | null;
}

/** A cursor among places of any kind. */
export function useCursorAmong<T>({ home, read, nearest, moved }: Places<T>): Cursor<T> {
  const [last, setLast] = useState<T | null>(null);
  const [isPointing, setPointing] = useState(false);
  const at = isPointing && last !== null ? nearest(last) : home(last);
  const goTo = (place: T | null): void => {
    setLast(place);
    setPointing(place !== null);
  };
  return {
    at,
    isPointing,
    pointAt: (x, y, facet = 0) => goTo(nearest(read(x, y, facet))),
    onKey: (key) => {
      if (key === 'Escape' && isPointing) {
        setPointing(false);
        return true;
      }
      const target = at === null ? null : moved(at, key);
      if (target !== null) goTo(target);
      return target !== null;
    },
    leave: () => setPointing(false),
  };
}

/**
 * A cursor over ascending positions along the horizontal axis.
 *
 * @param home where it rests while nobody points: what the page shows now
 */
export function useCursor(positions: Positions, home: number | null): Cursor {
  return useCursorAmong({
    home: () => home,
    read: (x) => x,
    nearest: (x) => nearest(positions, x),
    moved: (from, key) => moved(positions, from, key),
  });
}

/** A cursor among cells. */
export function useCellCursor(grid: Grid, places: Pick<Places<Cell>, 'home'> & Partial<Places<Cell>>): Cursor<Cell> {
  return useCursorAmong({
    read: (column, row) => ({ column, row }),
    nearest: (cell) => nearestCell(grid, cell),
    moved: (from, key) => movedCell(grid, from, key),
    ...places,
  });
}
