/** The known word that somebody is likely to have meant. */

/**
 * Edits that make one word of another: letters put in, left out, replaced, or two neighbours exchanged, each once at a place (optimal string
 * alignment: Damerau 1964 in the form of Boytsov 2011, section 2.1).
 */
export function editsBetween(one: string, other: string): number {
  const rows = [...one].map((_, i) => [i + 1]);
  rows.unshift(Array.from({ length: other.length + 1 }, (_, j) => j));
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= one.length; i++) {
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const edits = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (isSame ? 0 : 1)];
      if (isSwap) edits.push(at(i - 2, j - 2) + 1);
      rows[i]?.push(Math.min(...edits));
    }
  }
  return at(one.length, other.length);
}

/** Longer than any word there is; what is longer is none that is mistyped. */
const LONGEST = 20;

/** The one of some words that differs from another by a slip or two: one in three of its letters at most. Null where none does, or several do alike. */
export function nearestWord<T extends string>(word: string, known: readonly T[]): T | null {
  if (word.length > LONGEST) return null;
  const edits = known.map((each) => editsBetween(word, each));
  const least = Math.min(...edits);
  const [found, another] = known.filter((_, index) => edits[index] === least);
  const isClose = least <= 2 && least * 3 <= Math.max(word.length, found?.length ?? 0);
  return found !== undefined && another === undefined && isClose ? found : null;
}
