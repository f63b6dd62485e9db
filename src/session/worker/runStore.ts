/**
 * Where long runs are kept while they go on: in a database of the browser of their own. A run is its latest copy and, in parts that are only ever added
 * to, all that was recorded up to there. Both are written in one transaction, so what is found is a copy with its own records, whenever the page ended.
 */
import { inTransaction, settled } from '../../data/indexedDb.ts';
import type { RecordBatch } from './batch.ts';
import type { Checkpoint } from './checkpoints.ts';

export interface KeptRun extends Checkpoint {
  /** What is trained, as text. */
  readonly key: string;
  /** Under which its records are, whatever becomes of its key. */
  readonly id: string;
  /** Of the page that has kept it. */
  readonly version: string;
  /** That has trained it, as text. */
  readonly engine: string;
  /** Parts of its records. */
  readonly parts: number;
  readonly isFinished: boolean;
}

export interface RunStore {
  /** Makes a run nobody else's until it is given back; null where another tab has it. @returns gives it back */
  take(key: string): Promise<(() => void) | null>;
  find(key: string): Promise<KeptRun | null>;
  /** What was recorded of it, in order. */
  records(run: KeptRun): AsyncIterable<RecordBatch>;
  /**
   * Keeps a copy in the place of the one before, with what was recorded in between as the last of its parts.
   * @param before key of the one before, which is another where the learning rate was changed on the way
   */
  save(run: KeptRun, records: RecordBatch, before: string | null): Promise<void>;
  remove(key: string): Promise<void>;
  /** Removes finished runs, but for this one: what they came to is in the library. */
  tidy(key: string): Promise<void>;
}

const DATABASE = 'depthscope-runs';
/** Records lie under [id of the run, number of the part]. */
const stores = { runs: { keyPath: 'key' }, records: {} };

/** Milliseconds in which a tab that is being closed has given back what it had. */
const PATIENCE_MS = 2000;

/** All parts of a run. */
function partsOf({ id }: KeptRun): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY]);
}

type Stores = Readonly<Record<keyof typeof stores, IDBObjectStore>>;

const ask = <T>(mode: IDBTransactionMode, question: (stores: Stores) => Promise<T> | T) =>
  inTransaction(DATABASE, stores, mode, question);

function forget({ runs, records }: Stores, run: KeptRun): void {
  runs.delete(run.key);
  records.delete(partsOf(run));
}

/** A lock that the browser takes back from a tab that has gone, however it ended. A browser that is slow to answer is no other tab. */
function take(key: string): Promise<(() => void) | null> {
  const { locks } = navigator;
  const name = `${DATABASE} ${key}`;
  return new Promise((resolve, reject) => {
    const hold = () => new Promise<void>((giveBack) => resolve(giveBack));
    const wait = async () => {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      await locks.request(name, { signal }, hold).catch((error: unknown) => {
        if (!signal.aborted) throw error;
        resolve(null);
      });
    };
    locks.request(name, { ifAvailable: true }, (lock) => (lock ? hold() : wait())).catch(reject);
  });
}

export function runStore(): RunStore {
  return {
    take,
    find: (key) => ask('readonly', async ({ runs }) => (await settled<KeptRun | undefined>(runs.get(key))) ?? null),
    async *records({ id, parts }) {
      for (let part = 0; part < parts; part++) {
        const found = await ask('readonly', ({ records }) => settled<RecordBatch>(records.get([id, part])));
        yield found;
      }
    },
    save: (run, batch, before) =>
      ask('readwrite', ({ runs, records }) => {
        if (before !== null && before !== run.key) runs.delete(before);
        runs.put(run);
        records.put(batch, [run.id, run.parts - 1]);
      }),
    remove: (key) =>
      ask('readwrite', async (stores) => {
        const run = await settled<KeptRun | undefined>(stores.runs.get(key));
        if (run) forget(stores, run);
      }),
    tidy: (key) =>
      ask('readwrite', async (stores) => {
        for (const run of await settled<KeptRun[]>(stores.runs.getAll())) {
          if (run.isFinished && run.key !== key) forget(stores, run);
        }
      }),
  };
}
