import { type Problem, ProblemError, problem, reasonOf } from '../../experiment/problem.ts';
import { databaseKept, openDatabase } from './indexedDb.ts';
import { type Kept, memoryKept } from './kept.ts';
import { holdingUnsaved } from './unsaved.ts';

export interface OpenedKept<T extends { readonly key: string }> {
  readonly kept: Kept<T>;
  /** Why something does not outlast the page, or is not shown; null where all is well. */
  readonly problem: Problem | null;
}

/** Why there is no database. A browser that withholds it says so by one of these, or has no `indexedDB` at all. */
function unopened(error: unknown): Problem {
  const isWithheld =
    error instanceof TypeError || ['SecurityError', 'InvalidStateError'].includes((error as Error).name);
  return isWithheld ? problem('kept.memory') : problem('kept.unopened', { reason: reasonOf(error) });
}

/**
 * What is kept between visits: in the browser's database or, where the browser withholds that (sandboxed frames,
 * some private windows), in memory, which is said. So is it where the database does not answer: it takes all once it does.
 *
 * @param read a record as a page of any version has left it; null where it is damaged: it is left out, left alone, and counted in `problem`
 * @param factory may throw: in a sandboxed frame the mere look at `indexedDB` may
 */
export async function openKept<T extends { readonly key: string }>(
  read: (record: unknown) => T | null,
  factory: () => IDBFactory = () => indexedDB,
): Promise<OpenedKept<T>> {
  let failure: unknown = null;
  const opening = Promise.resolve()
    .then(() => openDatabase(factory()))
    .catch((error: unknown) => {
      failure = error;
      throw error;
    });
  const database = databaseKept(opening, read);
  const kept = holdingUnsaved(database);
  try {
    const count = await database.damaged();
    return { kept, problem: count > 0 ? problem('kept.damaged', { count }) : null };
  } catch (error) {
    if (failure !== null) return { kept: memoryKept<T>(), problem: unopened(failure) };
    if (error instanceof ProblemError) return { kept, problem: error.problem };
    throw error;
  }
}
