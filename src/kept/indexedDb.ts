/** Records in the browser's database. */
import { ProblemError } from '../spec/problem.ts';
import { type Kept, keptProblem, memoryKept } from './kept.ts';

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

/** The records of the database. What the disk does not take is kept in memory, so that nothing is lost while the page is open. */
export function databaseKept<T extends { readonly key: string }>(database: IDBDatabase): Kept<T> {
  const unsaved = memoryKept<T>();
  const store = (mode: IDBTransactionMode) => database.transaction(STORE, mode).objectStore(STORE);
  return {
    async get(key) {
      return (await unsaved.get(key)) ?? (await settled<T | undefined>(store('readonly').get(key))) ?? null;
    },
    async put(record) {
      try {
        const target = store('readwrite');
        target.put(record);
        await committed(target.transaction);
        await unsaved.delete(record.key);
      } catch (error) {
        await unsaved.put(record);
        throw new ProblemError(keptProblem(error));
      }
    },
    async delete(key) {
      await unsaved.delete(key);
      const target = store('readwrite');
      target.delete(key);
      await committed(target.transaction);
    },
    async all() {
      const saved = await settled<T[]>(store('readonly').getAll());
      const others = await unsaved.all();
      return [...saved.filter(({ key }) => !others.some((other) => other.key === key)), ...others];
    },
  };
}
