/** Where a cursor goes along ascending positions, by pointer and by key. */
import { bisectCenter } from 'd3';

/** The position nearest to `x`; null if there is none. */
export function nearest(positions: readonly number[], x: number): number | null {
  return positions[bisectCenter(positions, x)] ?? null;
}

/** The last position at or before `x`, or else the first one; null if there is none. */
export function lastUpTo(positions: readonly number[], x: number): number | null {
  return positions.findLast((position) => position <= x) ?? positions[0] ?? null;
}

/**
 * Where a key takes the cursor: arrows to the neighbour, Page Up and Page Down by a tenth of the
 * way, Home and End to the ends. Null for keys that do not move it.
 */
export function moved(positions: readonly number[], from: number, key: string): number | null {
  const index = bisectCenter(positions, from);
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
  return positions[Math.min(positions.length - 1, Math.max(0, target))] ?? null;
}
