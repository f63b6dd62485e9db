/** Records in the browser's database. */
import { type Problem, ProblemError, problem } from '../../experiment/problem.ts';
import { type Kept, keptProblem, reasonOf } from './kept.ts';

const DATABASE = 'depthscope';
const VERSION = 1;

/** The object store of the records. */
const STORE = 'cells';

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when everything in the transaction is on disk: only then has a full disk been noticed. */
function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/**
 * Opens the database, and makes its store on the first visit.
 *
 * @throws DOMException where the browser withholds it, as in sandboxed frames and some private windows
 */
export async function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE, { keyPath: 'key' });
  };
  const database = await settled(request);
  // A tab with a newer page, or somebody who deletes the data, does not wait for this one.
  database.onversionchange = () => database.close();
  return database;
}

/** What the database answers. It answers nothing any more once it was closed, as by a tab with a newer page. */
async function answered<R>(request: () => Promise<R>, refusal: (error: unknown) => Problem): Promise<R> {
  try {
    return await request();
  } catch (error) {
    throw new ProblemError(refusal(error));
  }
}

const unread = (error: unknown) => problem('kept.unread', { reason: reasonOf(error) });
const undeleted = (error: unknown) => problem('kept.undeleted', { reason: reasonOf(error) });

/** The records of the database. */
export function databaseKept<T extends { readonly key: string }>(database: IDBDatabase): Kept<T> {
  const store = (mode: IDBTransactionMode) => database.transaction(STORE, mode).objectStore(STORE);
  async function change(make: (target: IDBObjectStore) => void): Promise<void> {
    const target = store('readwrite');
    make(target);
    await committed(target.transaction);
  }
  return {
    get: (key) => answered(async () => (await settled<T | undefined>(store('readonly').get(key))) ?? null, unread),
    put: (record) => answered(() => change((target) => target.put(record)), keptProblem),
    delete: (key) => answered(() => change((target) => target.delete(key)), undeleted),
    all: () => answered(() => settled<T[]>(store('readonly').getAll()), unread),
    refusal: () => null,
  };
}
