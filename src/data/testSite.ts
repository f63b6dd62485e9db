/** A small data set on a web site of its own, for the loader's tests: it answers fetch, and can fail in every way. */
import { gzipSync } from 'node:zlib';
import { packChunk } from './chunk.ts';
import type { ChunkEntry, Manifest } from './manifest.ts';
import { sha256 } from './sha256.ts';

export const baseUrl = 'https://site.test/data/';

/** Images in each chunk. */
const perChunk = 10;

type Fault = (whole: Uint8Array<ArrayBuffer>, signal: AbortSignal | null) => Response | Promise<Response>;

/** The grey level of all pixels of an image: tells images apart. */
export function levelOf(split: 'train' | 'test', index: number): number {
  return (split === 'train' ? 1 : 101) + index;
}

async function makeChunk(split: 'train' | 'test', part: number) {
  const labels = Uint8Array.from({ length: perChunk }, (_, i) => (i + part) % 10);
  const pixels = new Uint8Array(perChunk * 784);
  for (let i = 0; i < perChunk; i++) pixels.fill(levelOf(split, part * perChunk + i), i * 784, (i + 1) * 784);
  const bytes = new Uint8Array(gzipSync(packChunk({ labels, pixels })));
  const checksum = (await sha256(bytes)) ?? '';
  const entry: ChunkEntry = { file: `${split}-${part}.bin`, bytes: bytes.length, images: perChunk, sha256: checksum };
  return { entry, bytes };
}

/** Three training chunks and two test chunks. */
export async function makeSite() {
  const train = await Promise.all([0, 1, 2].map((part) => makeChunk('train', part)));
  const test = await Promise.all([0, 1].map((part) => makeChunk('test', part)));
  const manifest: Manifest = {
    version: 1,
    name: 'test',
    source: 'made up',
    licence: 'none',
    inputs: [],
    classes: Array.from({ length: 10 }, (_, label) => String(label)),
    statistics: { 14: { mean: 0.5, std: 0.25 }, 28: { mean: 0.5, std: 0.5 } },
    train: { count: 3 * perChunk, chunks: train.map(({ entry }) => entry) },
    test: { count: 2 * perChunk, chunks: test.map(({ entry }) => entry) },
  };
  const files = new Map([...train, ...test].map(({ entry, bytes }) => [entry.file, bytes]));
  files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));

  /** Files asked for, in order, with the cache mode of the request. */
  const requests: { file: string; cache: RequestCache | undefined }[] = [];
  const faults = new Map<string, Fault[]>();

  async function fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const file = String(input).slice(baseUrl.length);
    requests.push({ file, cache: init?.cache });
    const whole = files.get(file);
    if (whole === undefined) return new Response('not found', { status: 404 });
    const fault = faults.get(file)?.shift();
    return fault === undefined ? new Response(whole) : fault(whole, init?.signal ?? null);
  }

  return {
    manifest,
    files,
    requests,
    fetch,
    /** Names of the files asked for, in order. */
    asked: () => requests.map(({ file }) => file),
    /** Answers the next requests for a file with these faults, one each. */
    fail: (file: string, ...next: Fault[]) => faults.set(file, next),
  };
}

/** The ways in which a request fails. */
export const faults = {
  offline: () => Promise.reject(new TypeError('Failed to fetch')),
  status: (status: number) => () => new Response('no', { status }),
  truncated: (whole: Uint8Array<ArrayBuffer>) => new Response(whole.slice(0, 40)),
  flipped: (whole: Uint8Array<ArrayBuffer>) => new Response(whole.map((byte, i) => (i === 50 ? byte ^ 1 : byte))),
  webPage: () => new Response('<!doctype html><title>Depthscope</title>'),
  /** Half of the file, and then the connection breaks. */
  broken: (whole: Uint8Array<ArrayBuffer>) =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(whole.slice(0, 40)),
        pull: (controller) => controller.error(new TypeError('network error')),
      }),
    ),
  /** No answer until the request is aborted. */
  silent: (_whole: Uint8Array<ArrayBuffer>, signal: AbortSignal | null) =>
    new Promise<Response>((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    }),
} satisfies Record<string, Fault | ((status: number) => Fault)>;

/** The Cache API over a map: as much of it as the loader uses. */
export function memoryCaches() {
  const entries = new Map<string, Response>();
  const cache = {
    match: async (url: string) => entries.get(url)?.clone(),
    put: async (url: string, response: Response) => void entries.set(url, response),
    delete: async (request: string | Request) => entries.delete(typeof request === 'string' ? request : request.url),
    keys: async () => [...entries.keys()].map((url) => new Request(url)),
  };
  const storage = { open: async () => cache } as unknown as CacheStorage;
  return { entries, storage };
}
