/** Records in the browser's database. */
import { committed, openDatabase, settled } from '../../data/indexedDb.ts';
import { answerWithin, NoAnswer } from '../../experiment/answerWithin.ts';
import { type Problem, ProblemError, problem, reasonOf } from '../../experiment/problem.ts';
import { holdingUnsaved, type Kept, keptProblem, memoryKept } from './kept.ts';

const DATABASE = 'depthscope';

/** The object store of the records. */
const STORE = 'cells';
const stores = { [STORE]: { keyPath: 'key' } };

/** Milliseconds to wait for an answer: for the first, while somebody waits for the page, and for others. */
const OPENING_MS = 1500;
const PATIENCE_MS = 5000;

/**
 * Opens the database of whichever version there is, and makes its store where it has none. It may never answer, for instance while another tab
 * keeps somebody from deleting it.
 *
 * @throws DOMException where the browser withholds it, as in sandboxed frames and some private windows
 */
async function openAny(factory: IDBFactory): Promise<IDBDatabase> {
  let database = await openDatabase(DATABASE, stores, undefined, factory);
  if (!database.objectStoreNames.contains(STORE)) {
    database.close();
    database = await openDatabase(DATABASE, stores, database.version + 1, factory);
  }
  // A tab with a newer page, or somebody who deletes the data, does not wait for this one.
  database.onversionchange = () => database.close();
  return database;
}

const unread = (error: unknown) => problem('kept.unread', { reason: reasonOf(error) });
const undeleted = (error: unknown) => problem('kept.undeleted', { reason: reasonOf(error) });

/** Records of a database. */
interface DatabaseKept<T extends { readonly key: string }> extends Kept<T> {
  /** How many records of the database cannot be read: `get` and `all` leave them out, and they stay where they are. The first question to ask. */
  damaged(): Promise<number>;
}

/**
 * The records of the database. It answers nothing any more once it was closed, as by a tab with a newer page; and one that does not answer is asked
 * nothing else meanwhile, so that nobody waits for it twice.
 *
 * @param opening may never be settled
 * @param read a record as a page of any version has left it; null where it is damaged
 */
function databaseKept<T extends { readonly key: string }>(
  opening: Promise<IDBDatabase>,
  read: (record: unknown) => T | null,
): DatabaseKept<T> {
  let isSilent = false;

  async function ask<R>(
    question: (database: IDBDatabase) => Promise<R>,
    refusal: (error: unknown) => Problem,
    ms = PATIENCE_MS,
  ): Promise<R> {
    try {
      if (isSilent) throw new NoAnswer('The database gives no answer');
      return await answerWithin(ms, 'The database', async () => {
        try {
          return await question(await opening);
        } finally {
          // Late is not never.
          isSilent = false;
        }
      });
    } catch (error) {
      const isUnanswered = error instanceof NoAnswer;
      isSilent ||= isUnanswered;
      throw new ProblemError(isUnanswered ? problem('kept.silent') : refusal(error));
    }
  }

  const store = (database: IDBDatabase, mode: IDBTransactionMode) =>
    database.transaction(STORE, mode).objectStore(STORE);
  const change = (make: (target: IDBObjectStore) => void) => async (database: IDBDatabase) => {
    const target = store(database, 'readwrite');
    make(target);
    await committed(target.transaction);
  };
  const found = (ms?: number) =>
    ask((database) => settled<unknown[]>(store(database, 'readonly').getAll()), unread, ms);
  const readable = (records: readonly unknown[]) => records.map(read).filter((record) => record !== null);
  return {
    get: (key) => ask(async (database) => read(await settled(store(database, 'readonly').get(key))), unread),
    put: (record) =>
      ask(
        change((target) => target.put(record)),
        keptProblem,
      ),
    delete: (key) =>
      ask(
        change((target) => target.delete(key)),
        undeleted,
      ),
    all: async () => readable(await found()),
    refusal: () => null,
    async damaged() {
      const records = await found(OPENING_MS);
      return records.length - readable(records).length;
    },
  };
}

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
    .then(() => openAny(factory()))
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
