/** Keeps the page's files for visits without a network, next to the service worker that then answers with them. */
import { type BuiltFile, pageCache } from './pageCache.ts';

/** How far the page is kept in this browser. */
export interface Kept {
  /** Bytes of its files, and of those that are kept. */
  readonly total: number;
  readonly kept: number;
}

const base = () => new URL(import.meta.env.BASE_URL, document.baseURI);
const urlOf = ({ path }: BuiltFile) => new URL(path, base()).href;

/** Whether this page may be kept: a built page of its own, over https or of this computer, in a browser that can. */
export function canBeKept(): boolean {
  return import.meta.env.PROD && window.top === window && 'serviceWorker' in navigator && 'caches' in globalThis;
}

/** Starts the service worker. @throws whatever the browser has against it */
export async function startServiceWorker(): Promise<void> {
  await navigator.serviceWorker.register(new URL('sw.js', base()), { updateViaCache: 'none' });
}

/** Held by every page that is open, of whichever version. */
const OPEN = 'depthscope-open';

/** Says that this page is open, as long as it is. */
export function sayOpen(): void {
  void navigator.locks?.request(OPEN, { mode: 'shared' }, () => new Promise(() => {}));
}

/** Whether no other page is open that may still need files of an earlier version. */
async function isAlone(): Promise<boolean> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return held.filter(({ name }) => name === OPEN).length === 1;
}

async function builtFiles(): Promise<readonly BuiltFile[]> {
  const response = await fetch(new URL('offline.json', base()));
  if (!response.ok) throw new Error(`offline.json: ${response.status}`);
  return response.json();
}

async function keptUrls(cache: Cache): Promise<Set<string>> {
  return new Set((await cache.keys()).map(({ url }) => url));
}

/** How much of all files, or of those that every computer needs, is kept. @throws TypeError without a network, where nothing is kept yet */
export async function howMuchIsKept(): Promise<Kept> {
  const [files, urls] = [await builtFiles(), await keptUrls(await caches.open(pageCache))];
  const sum = (some: readonly BuiltFile[]) => some.reduce((bytes, file) => bytes + file.bytes, 0);
  return { total: sum(files), kept: sum(files.filter((file) => urls.has(urlOf(file)))) };
}

interface Keeping {
  /** Before each file: for whatever comes first. */
  readonly wait?: () => Promise<void>;
  readonly onProgress?: (kept: Kept) => void;
}

/**
 * Keeps the files that are not kept yet, one after the other, so that whatever else the page loads comes first; forgets those of earlier versions
 * once no other page is open.
 * @param which all, or those that every computer needs
 * @throws TypeError without a network; QuotaExceededError on a full disk. What was kept until then stays.
 */
export async function keepPage(which: 'all' | 'needed', { wait, onProgress }: Keeping): Promise<void> {
  const files = await builtFiles();
  const cache = await caches.open(pageCache);
  const urls = await keptUrls(cache);
  const current = new Set(files.map(urlOf));
  if (await isAlone()) {
    for (const url of urls) if (/\/assets\//.test(url) && !current.has(url)) await cache.delete(url);
  }
  const total = files.reduce((bytes, file) => bytes + file.bytes, 0);
  let kept = 0;
  for (const file of files) {
    const isMissing = !urls.has(urlOf(file));
    if (isMissing && file.isOptional && which === 'needed') continue;
    if (isMissing) {
      await wait?.();
      await cache.add(urlOf(file));
    }
    kept += file.bytes;
    onProgress?.({ total, kept });
  }
}
