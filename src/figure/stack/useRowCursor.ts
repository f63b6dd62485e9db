import { useState } from 'react';
import type { Row } from '../../network/graph.ts';
import { type Place, placeOf, rowOf } from './cursor.ts';

export interface RowCursor {
  /** The row under the cursor, or null. */
  readonly row: number | null;
  /** Looks at a row for as long as the pointer is over it. */
  readonly hover: (row: number | null) => void;
  /** Stays at a row until another is chosen. */
  readonly pin: (row: number | null) => void;
  /** Stays at the first row of an item, which may not be drawn yet. */
  readonly pinItem: (item: number) => void;
}

function samePlace(old: Place | null, next: Place): Place {
  return old?.item === next.item && old.offset === next.offset ? old : next;
}

/** The layer that someone looks at: the one under the pointer, else the one that was chosen last. */
export function useRowCursor(rows: readonly Row[]): RowCursor {
  const [hovered, setHovered] = useState<Place | null>(null);
  const [pinned, setPinned] = useState<Place | null>(null);
  const place = hovered ?? pinned;
  return {
    row: place && rowOf(rows, place),
    // The pointer moves many times within a row: the same place stays the same object.
    hover: (row) => setHovered((old) => (row === null ? null : samePlace(old, placeOf(rows, row)))),
    pin: (row) => {
      setHovered(null);
      setPinned(row === null ? null : placeOf(rows, row));
    },
    pinItem: (item) => {
      setHovered(null);
      setPinned({ item, offset: 0 });
    },
  };
}
