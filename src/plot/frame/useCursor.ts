import { useState } from 'react';
import { moved, nearest, type Positions } from './cursor.ts';

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
