import { answerWithin, NoAnswer } from '../experiment/answerWithin.ts';

/**
 * Keeps chunks for the next visit, in the Cache API. It is a help, never a need: where there is none
 * (plain HTTP), where it throws (a sandboxed iframe has no storage), does not answer or where the disk is full,
 * everything works, from the network. So here, and only here, errors are let go.
 */
export interface ChunkCache {
  /** The bytes last kept under this URL, unchecked, or null. */
  get(url: string): Promise<Uint8Array<ArrayBuffer> | null>;
  keep(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  drop(url: string): Promise<void>;
  /** Drops everything else: chunks of earlier versions of the data set. */
  retain(urls: readonly string[]): Promise<void>;
}

const cacheName = 'depthscope-data';

/** Milliseconds to wait for it; longer is no help. One that has not answered is not asked again. */
const PATIENCE_MS = 1500;

/** @param storage gives the browser's caches; may throw */
export function chunkCache(storage: () => CacheStorage | undefined): ChunkCache {
  let isSilent = false;

  async function attempt<T>(action: (cache: Cache) => Promise<T>): Promise<T | null> {
    if (isSilent) return null;
    try {
      const caches = storage();
      if (caches === undefined) return null;
      return await answerWithin(PATIENCE_MS, 'The cache', async () => action(await caches.open(cacheName)));
    } catch (error) {
      isSilent ||= error instanceof NoAnswer;
      return null;
    }
  }

  return {
    get: (url) =>
      attempt(async (cache) => {
        const response = await cache.match(url);
        return response === undefined ? null : new Uint8Array(await response.arrayBuffer());
      }),
    async keep(url, bytes) {
      await attempt((cache) => cache.put(url, new Response(bytes)));
    },
    async drop(url) {
      await attempt((cache) => cache.delete(url));
    },
    async retain(urls) {
      await attempt(async (cache) => {
        const old = (await cache.keys()).filter((request) => !urls.includes(request.url));
        await Promise.all(old.map((request) => cache.delete(request)));
      });
    },
  };
}
