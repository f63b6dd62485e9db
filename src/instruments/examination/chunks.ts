/** Bytes of activations and gradients that are looked at in one go. */
export const MOST_BYTES = 2 ** 25;

/**
 * Cuts a list into runs that each take no more bytes than are given; an entry that takes more by itself is alone.
 * @param bytesOf an entry
 */
export function inChunks<T>(entries: readonly T[], bytesOf: (entry: T) => number, most: number): readonly T[][] {
  const chunks: T[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = bytesOf(entry);
    if (bytes > room) {
      chunks.push([]);
      room = most;
    }
    chunks.at(-1)?.push(entry);
    room -= bytes;
  }
  return chunks;
}
