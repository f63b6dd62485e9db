/**
 * Where someone looks in a stack: a place that stays with its item while items are repeated, added
 * and moved around it, so that an edit does not carry the cursor to another layer.
 */

/** What a cursor needs to know of a row: the item it belongs to, null for the classifier. */
export interface OwnedRow {
  readonly item: number | null;
}

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
