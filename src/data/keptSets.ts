/** Data sets that somebody has asked to keep for other visits, in a database of their own: the browser stores their bytes as files. */
import * as v from 'valibot';
import { answerWithin } from '../experiment/answerWithin.ts';
import { type DataRef, formatData, parseData } from '../experiment/dataRef.ts';
import { type Problem, ProblemError, problem, reasonOf } from '../experiment/problem.ts';

const DATABASE = 'depthscope-images';
const STORE = 'sets';

/** Milliseconds until a database that does not answer counts as none. */
const PATIENCE_MS = 5000;

const keptSchema = v.object({ id: v.string(), ref: v.string(), title: v.string(), blob: v.instance(Blob) });

export interface KeptSet {
  readonly ref: DataRef;
  /** As somebody has called it. */
  readonly title: string;
  readonly blob: Blob;
}

export interface KeptSets {
  /** What is kept; nothing where the browser has no storage for this page. */
  all(): Promise<readonly KeptSet[]>;
  find(id: string): Promise<Blob | null>;
  /** @throws ProblemError where the browser cannot or will not keep it */
  keep(set: KeptSet): Promise<void>;
  /** @throws ProblemError */
  remove(id: string): Promise<void>;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE, { keyPath: 'id' });
  };
  return settled(request);
}

async function ask<T>(mode: IDBTransactionMode, question: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return answerWithin(PATIENCE_MS, 'The database', async () => {
    const database = await open();
    try {
      const transaction = database.transaction(STORE, mode);
      const committed = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
      const answer = await settled(question(transaction.objectStore(STORE)));
      await committed;
      return answer;
    } finally {
      database.close();
    }
  });
}

function unkept(error: unknown): Problem {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  return isFull ? problem('kept.full') : problem('kept.failed', { reason: reasonOf(error) });
}

function read(found: unknown): KeptSet[] {
  const result = v.safeParse(keptSchema, found);
  const ref = result.success ? parseData(result.output.ref) : null;
  return result.success && ref ? [{ ref, title: result.output.title, blob: result.output.blob }] : [];
}

export function keptSets(): KeptSets {
  return {
    // A sandboxed frame has no database: nothing is kept there.
    all: () =>
      ask('readonly', (store) => store.getAll()).then(
        (found) => found.flatMap(read),
        () => [],
      ),
    find: (id) =>
      ask('readonly', (store) => store.get(id)).then(
        (found) => read(found)[0]?.blob ?? null,
        () => null,
      ),
    async keep({ ref, title, blob }) {
      try {
        await ask('readwrite', (store) => store.put({ id: ref.id, ref: formatData(ref), title, blob }));
      } catch (error) {
        throw new ProblemError(unkept(error));
      }
    },
    async remove(id) {
      try {
        await ask('readwrite', (store) => store.delete(id));
      } catch (error) {
        throw new ProblemError(problem('kept.undeleted', { reason: reasonOf(error) }));
      }
    },
  };
}
