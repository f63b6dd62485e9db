import { type Problem, problem } from '../../experiment/problem.ts';
import { databaseKept, openDatabase } from './indexedDb.ts';
import { type Kept, memoryKept } from './kept.ts';
import { holdingUnsaved } from './unsaved.ts';

export interface OpenedKept<T extends { readonly key: string }> {
  readonly kept: Kept<T>;
  /** Why nothing outlasts the page, or null where it does. */
  readonly problem: Problem | null;
}

/**
 * What is kept between visits: in the browser's database or, where the browser withholds that (sandboxed frames,
 * some private windows), in memory, which is said.
 *
 * @param factory may throw: in a sandboxed frame the mere look at `indexedDB` may
 */
export async function openKept<T extends { readonly key: string }>(
  factory: () => IDBFactory = () => indexedDB,
): Promise<OpenedKept<T>> {
  try {
    return { kept: holdingUnsaved(databaseKept<T>(await openDatabase(factory()))), problem: null };
  } catch {
    return { kept: memoryKept<T>(), problem: problem('kept.memory') };
  }
}
