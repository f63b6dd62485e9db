/** Data sets that somebody has asked to keep for other visits, in a database of their own: the browser stores their bytes as files. */
import * as v from 'valibot';
import { answerWithin } from '../experiment/answerWithin.ts';
import { type DataRef, formatData, parseData } from '../experiment/dataRef.ts';
import { type Problem, ProblemError, problem, reasonOf } from '../experiment/problem.ts';
import { inTransaction, settled } from './indexedDb.ts';

const DATABASE = 'depthscope-images';
const stores = { sets: { keyPath: 'id' } };

/** Milliseconds until a database that does not answer counts as none. */
const PATIENCE_MS = 5000;
/** The same where something is lost by that, and hundreds of megabytes may have to be written. */
const LONG_PATIENCE_MS = 60_000;

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

const ask = <T>(mode: IDBTransactionMode, question: (sets: IDBObjectStore) => IDBRequest<T>, ms = LONG_PATIENCE_MS) =>
  answerWithin(ms, 'The database', () => inTransaction(DATABASE, stores, mode, ({ sets }) => settled(question(sets))));

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
      ask('readonly', (sets) => sets.getAll(), PATIENCE_MS).then(
        (found) => found.flatMap(read),
        () => [],
      ),
    find: (id) =>
      ask('readonly', (sets) => sets.get(id)).then(
        (found) => read(found)[0]?.blob ?? null,
        () => null,
      ),
    async keep({ ref, title, blob }) {
      try {
        await ask('readwrite', (sets) => sets.put({ id: ref.id, ref: formatData(ref), title, blob }));
      } catch (error) {
        throw new ProblemError(unkept(error));
      }
    },
    async remove(id) {
      try {
        await ask('readwrite', (sets) => sets.delete(id));
      } catch (error) {
        throw new ProblemError(problem('kept.undeleted', { reason: reasonOf(error) }));
      }
    },
  };
}
