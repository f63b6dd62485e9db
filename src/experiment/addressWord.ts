/** Words of an address' query (`?ui=none`), followed as far as they go. */
import { nearestWord } from './nearestWord.ts';
import { type Problem, problem, shorten } from './problem.ts';

export interface AddressWord<T> {
  /** As written, or the nearest that there is; null where none is near. */
  readonly word: T | null;
  readonly problem: Problem | null;
}

/**
 * Reads one of some words.
 * @param value as written
 * @param usual what is used where no word is near; empty where the page chooses by itself
 */
export function readWord<T extends string>(
  key: string,
  value: string,
  known: readonly T[],
  usual: string,
): AddressWord<T> {
  const written = value.trim().toLowerCase();
  const found = known.find((each) => each.toLowerCase() === written);
  if (found !== undefined) return { word: found, problem: null };
  const word = nearestWord(written, known);
  const code = word === null ? 'app.noSuchChoice' : 'app.nearestChoice';
  const used = word ?? usual;
  return { word, problem: problem(code, { key, value: shorten(value), choices: known.join(', '), used }) };
}
