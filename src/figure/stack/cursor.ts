/**
 * Where someone looks in a stack: a place that stays with its item while items are repeated, added
 * and moved around it, so that an edit does not carry the cursor to another layer.
 */
import { useState } from 'react';
import type { Row } from '../../network/graph.ts';

/** What a cursor needs to know of a row: the item it belongs to, null for the classifier. */
export type OwnedRow = Pick<Row, 'item'>;

export interface Place {
  readonly item: number | null;
  /** Rows behind the item's first. */
  readonly offset: number;
}

/** The place of a row. */
export function placeOf(rows: readonly OwnedRow[], row: number): Place {
  const item = rows[row]?.item ?? null;
  return { item, offset: row - firstRow(rows, item) };
}

/** The row of a place; the nearest there is, where the item has become shorter or is gone. */
export function rowOf(rows: readonly OwnedRow[], { item, offset }: Place): number {
  const first = firstRow(rows, item);
  const count = rows.filter((row) => row.item === item).length;
  return Math.min(first + Math.min(offset, Math.max(0, count - 1)), rows.length - 1);
}

/** The first row of an item; of one that is not there, the classifier's. */
function firstRow(rows: readonly OwnedRow[], item: number | null): number {
  const first = rows.findIndex((row) => row.item === item);
  return first >= 0 ? first : rows.length - 1;
}

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
export function useRowCursor(rows: readonly OwnedRow[]): RowCursor {
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
