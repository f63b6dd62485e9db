/** Where a cursor goes along ascending positions, by pointer and by key. */
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

/** Where a key takes the cursor across the layers; null for keys that do not. */
export function movedLayer(layer: number, layers: number, key: string): number | null {
  if (key === 'ArrowUp') return Math.max(0, layer - 1);
  return key === 'ArrowDown' ? Math.min(layers - 1, layer + 1) : null;
}

export interface Cursor {
  /** One of the positions; `home` while nobody points. */
  readonly at: number | null;
  readonly isPointing: boolean;
  readonly pointAt: (x: number) => void;
  readonly onKey: (key: string) => boolean;
  readonly leave: () => void;
}

/**
 * A cursor over ascending positions of the data.
 *
 * @param home where it rests while nobody points: what the page shows now
 */
export function useCursor(positions: Positions, home: number | null): Cursor {
  const [pointed, setPointed] = useState<number | null>(null);
  const at = pointed === null ? home : nearest(positions, pointed);
  return {
    at,
    isPointing: pointed !== null,
    pointAt: (x) => setPointed(nearest(positions, x)),
    onKey: (key) => {
      if (key === 'Escape' && pointed !== null) {
        setPointed(null);
        return true;
      }
      const target = at === null ? null : moved(positions, at, key);
      if (target !== null) setPointed(target);
      return target !== null;
    },
    leave: () => setPointed(null),
  };
}
