/** What outlasts a visit: records that are found again by their key. */
import { type Problem, ProblemError, problem, reasonOf } from '../../experiment/problem.ts';

export interface Kept<T extends { readonly key: string }> {
  /**
   * The record of a key, or null.
   *
   * @throws ProblemError `kept.unread`
   */
  get(key: string): Promise<T | null>;
  /**
   * Keeps a record, in place of one of the same key.
   *
   * @throws ProblemError where it, or one that was put before it, lasts only as long as the page; `get` and `all` give
   *   it back nevertheless
   */
  put(record: T): Promise<void>;
  /** @throws ProblemError `kept.undeleted` */
  delete(key: string): Promise<void>;
  /** @throws ProblemError `kept.unread` */
  all(): Promise<readonly T[]>;
  /** Why a record that was put lasts only as long as the page; null where every one was taken. */
  refusal(): Problem | null;
}

/** Records that last as long as the page. */
export function memoryKept<T extends { readonly key: string }>(): Kept<T> {
  const records = new Map<string, T>();
  return {
    get: async (key) => records.get(key) ?? null,
    put: async (record) => void records.set(record.key, record),
    delete: async (key) => void records.delete(key),
    all: async () => [...records.values()],
    refusal: () => null,
  };
}

/** Records that tell when they change. */
export interface WatchedKept<T extends { readonly key: string }> extends Kept<T> {
  /** @returns ends the watching */
  watch(listener: () => void): () => void;
}

/** The same records, for those who want to know of changes. */
export function watched<T extends { readonly key: string }>(kept: Kept<T>): WatchedKept<T> {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    ...kept,
    // What the disk does not take is there nevertheless.
    put: (record) => kept.put(record).finally(tell),
    delete: (key) => kept.delete(key).finally(tell),
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What is wrong with what is kept, where an error does not say: a record could not be stored, as on a full disk. */
export function keptProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  // A full disk has a name of its own, as there is something to be done about it.
  if (error instanceof Error && error.name === 'QuotaExceededError') return problem('kept.full');
  return problem('kept.failed', { reason: reasonOf(error) });
}
