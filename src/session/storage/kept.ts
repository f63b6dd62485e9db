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

/**
 * The records of a place. What it does not take, as a full disk does not, is held in memory and offered again with every `put` and `delete`: a
 * smaller record may still fit, there may be room by now, and nothing that is only in memory must be forgotten.
 */
export function holdingUnsaved<T extends { readonly key: string }>(place: Kept<T>): Kept<T> {
  const unsaved = new Map<string, T>();

  async function offer(record: T): Promise<void> {
    await place.put(record);
    // Meanwhile another may have been put in its place.
    if (unsaved.get(record.key) === record) unsaved.delete(record.key);
  }

  let refusal: Problem | null = null;

  async function offerAll(): Promise<void> {
    const refusals: Problem[] = [];
    for (const record of [...unsaved.values()]) {
      // One that was deleted meanwhile must not come back.
      if (unsaved.get(record.key) !== record) continue;
      await offer(record).catch((error: unknown) => refusals.push(keptProblem(error)));
    }
    refusal = refusals[0] ?? null;
  }

  return {
    get: async (key) => unsaved.get(key) ?? (await place.get(key)),
    async put(record) {
      unsaved.set(record.key, record);
      await offerAll();
      if (refusal) throw new ProblemError(refusal);
    },
    async delete(key) {
      unsaved.delete(key);
      await place.delete(key);
      // What is refused again was reported when it was put.
      await offerAll();
    },
    async all() {
      const saved = await place.all().catch((error: unknown) => {
        // What a silent place holds cannot be shown, which was said when it was opened; what it has not taken can.
        if (error instanceof ProblemError && error.problem.code === 'kept.silent') return [];
        throw error;
      });
      return [...saved.filter(({ key }) => !unsaved.has(key)), ...unsaved.values()];
    },
    refusal: () => refusal,
  };
}
