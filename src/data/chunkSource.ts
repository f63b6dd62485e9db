/**
 * The data set as it arrives: manifest first, then chunks, each verified before anybody sees it and
 * kept in memory as bytes, so that nothing is fetched twice. What failed is forgotten, so that
 * asking again tries again.
 */
import { ProblemError, problem } from '../experiment/problem.ts';
import { type Chunk, unpackChunk } from './chunk.ts';
import type { ChunkCache } from './chunkCache.ts';
import { type DownloadOptions, download } from './download.ts';
import { type ChunkEntry, type Manifest, manifestFile, parseManifest } from './manifest.ts';
import { builtInLayout } from './prepare.ts';
import { sha256 } from './sha256.ts';
import type { ImageSource } from './source.ts';

/** How far the chunks asked for so far have arrived. */
export interface Progress {
  readonly bytes: number;
  readonly total: number;
}

export interface ChunkSourceOptions extends DownloadOptions {
  /** Absolute URL of the folder, with a slash at its end. */
  readonly baseUrl: string;
  readonly cache: ChunkCache;
  readonly onProgress: (progress: Progress) => void;
  /** Told the manifest once it is there. */
  readonly onManifest: (manifest: Manifest) => void;
}

/** Throws unless these are the bytes the manifest means. Without SHA-256 (plain HTTP), gzip's CRC-32 must do. */
async function verify({ file, bytes: expected, sha256: checksum }: ChunkEntry, bytes: Uint8Array<ArrayBuffer>) {
  if (bytes.length !== expected) {
    throw new ProblemError(problem('data.length', { file, expected, found: bytes.length }));
  }
  const found = await sha256(bytes);
  if (found !== null && found !== checksum) throw new ProblemError(problem('data.checksum', { file }));
}

/** Remembers what was promised under a key, but not what failed. */
function remembering<T>(): (key: string, make: () => Promise<T>) => Promise<T> {
  const promises = new Map<string, Promise<T>>();
  return (key, make) => {
    const known = promises.get(key);
    if (known !== undefined) return known;
    const made = make();
    promises.set(key, made);
    made.catch(() => promises.delete(key));
    return made;
  };
}

class Arrivals {
  private readonly bytes = new Map<string, number>();
  private total = 0;

  constructor(readonly report: (progress: Progress) => void) {}

  announce(entries: readonly ChunkEntry[]): void {
    for (const { file, bytes } of entries) {
      if (this.bytes.has(file)) continue;
      this.bytes.set(file, 0);
      this.total += bytes;
    }
    this.tell();
  }

  set({ file, bytes: expected }: ChunkEntry, bytes: number): void {
    this.bytes.set(file, Math.min(bytes, expected));
    this.tell();
  }

  private tell(): void {
    const bytes = [...this.bytes.values()].reduce((sum, each) => sum + each, 0);
    this.report({ bytes, total: this.total });
  }
}

/** Opens the data set in a folder; nothing is fetched until it is asked for. */
export function chunkSource(options: ChunkSourceOptions): ImageSource {
  const { cache } = options;
  const arrivals = new Arrivals(options.onProgress);
  const manifests = remembering<Manifest>();
  const chunks = remembering<Chunk>();
  const urlOf = (file: string) => new URL(file, options.baseUrl).href;

  async function loadManifest(): Promise<Manifest> {
    const read = async (bytes: Uint8Array) => parseManifest(new TextDecoder().decode(bytes));
    const manifest = await download({ url: urlOf(manifestFile), file: manifestFile, cache: 'no-cache', read }, options);
    options.onManifest(manifest);
    await cache.retain([...manifest.train.chunks, ...manifest.test.chunks].map(({ file }) => urlOf(file)));
    return manifest;
  }

  async function read(entry: ChunkEntry, bytes: Uint8Array<ArrayBuffer>): Promise<Chunk> {
    await verify(entry, bytes);
    return unpackChunk(entry.file, bytes, entry.images);
  }

  /** The chunk kept on an earlier visit; a damaged one is dropped, and is then as good as none. */
  async function kept(entry: ChunkEntry): Promise<Chunk | null> {
    const url = urlOf(entry.file);
    const bytes = await cache.get(url);
    if (bytes === null) return null;
    try {
      return await read(entry, bytes);
    } catch {
      await cache.drop(url);
      return null;
    }
  }

  function fetched(entry: ChunkEntry): Promise<Chunk> {
    const url = urlOf(entry.file);
    return download(
      {
        url,
        file: entry.file,
        cache: 'default',
        onBytes: (bytes) => arrivals.set(entry, bytes),
        async read(bytes) {
          const chunk = await read(entry, bytes);
          await cache.keep(url, bytes);
          return chunk;
        },
      },
      options,
    );
  }

  async function loadChunk(entry: ChunkEntry): Promise<Chunk> {
    const chunk = (await kept(entry)) ?? (await fetched(entry));
    arrivals.set(entry, entry.bytes);
    return chunk;
  }

  return {
    async contents() {
      const { statistics, train, test } = await manifests(manifestFile, loadManifest);
      const bySize = new Map(Object.entries(statistics).map(([size, of]) => [Number(size), [of]]));
      return { layout: builtInLayout, statistics: bySize, train, test };
    },
    announce: (entries) => arrivals.announce(entries),
    chunk: (entry) => chunks(entry.file, () => loadChunk(entry)),
  };
}
