/** The browser's databases: what their requests and transactions come to, as promises. */

export function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when everything in the transaction is on disk: only then has a full disk been noticed. */
export function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** What is made where there is no database of this version, by name. */
type NewStores = Readonly<Record<string, IDBObjectStoreParameters>>;

/** @throws DOMException where the browser withholds it, as in sandboxed frames and some private windows */
export async function openDatabase(
  name: string,
  stores: NewStores,
  version?: number,
  factory = indexedDB,
): Promise<IDBDatabase> {
  const request = factory.open(name, version);
  request.onupgradeneeded = () => {
    for (const [store, parameters] of Object.entries(stores)) request.result.createObjectStore(store, parameters);
  };
  return settled(request);
}

/**
 * Opens a database, does something with its stores in one transaction, and closes it.
 *
 * @returns the answer, once all that was written is on disk
 */
export async function inTransaction<S extends NewStores, T>(
  name: string,
  stores: S,
  mode: IDBTransactionMode,
  question: (stores: Readonly<Record<keyof S, IDBObjectStore>>) => Promise<T> | T,
): Promise<T> {
  const database = await openDatabase(name, stores, 1);
  try {
    const names = Object.keys(stores);
    const transaction = database.transaction(names, mode);
    const opened = Object.fromEntries(names.map((store) => [store, transaction.objectStore(store)]));
    const [answer] = await Promise.all([question(opened as Record<keyof S, IDBObjectStore>), committed(transaction)]);
    return answer;
  } finally {
    database.close();
  }
}
