import { type Problem, problem } from '../spec/problem.ts';
import { databaseKept, openDatabase, type Shelf } from './indexedDb.ts';
import { type Kept, memoryKept } from './kept.ts';

export interface Shelves {
  /** The records on a shelf: the same object each time. */
  shelf<T extends { readonly key: string }>(name: Shelf): Kept<T>;
  /** Why nothing outlasts the page, or null where it does. */
  readonly problem: Problem | null;
}

function shelvesOf(make: (name: Shelf) => Kept<{ key: string }>, reason: Problem | null): Shelves {
  const made = new Map<Shelf, unknown>();
  return {
    problem: reason,
    shelf<T extends { readonly key: string }>(name: Shelf): Kept<T> {
      if (!made.has(name)) made.set(name, make(name));
      return made.get(name) as Kept<T>;
    },
  };
}

/**
 * What is kept between visits: in the browser's database or, where the browser withholds that (sandboxed frames,
 * some private windows), in memory, which is said.
 *
 * @param factory may throw: in a sandboxed frame the mere look at `indexedDB` may
 */
export async function openShelves(factory: () => IDBFactory = () => indexedDB): Promise<Shelves> {
  try {
    const database = await openDatabase(factory());
    return shelvesOf((name) => databaseKept(database, name), null);
  } catch {
    return shelvesOf(() => memoryKept(), problem('kept.memory'));
  }
}
