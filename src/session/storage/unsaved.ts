/** Records that their place refused, as a full disk does: they last as long as the page, and are offered again. */
import { type Problem, ProblemError } from '../../experiment/problem.ts';
import { type Kept, keptProblem } from './kept.ts';

/**
 * The records of a place. What it does not take is held in memory and offered again with every `put` and `delete`: a
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
