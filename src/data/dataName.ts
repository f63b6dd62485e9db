import { download } from './download.ts';
import { type Manifest, manifestFile, parseManifest } from './manifest.ts';

/** Digits of each file's SHA-256 that go into the name. */
const DIGITS = 4;
const PAUSES_MS = [500, 2000];
const PATIENCE_MS = 20_000;

/** A data set by its name and the beginnings of its files' checksums: another name means other images. */
export function dataName({ name, train, test }: Manifest): string {
  const sums = [...train.chunks, ...test.chunks].map(({ sha256 }) => sha256.slice(0, DIGITS));
  return `${name} ${sums.join('')}`;
}

/**
 * The table of contents of the embedded data set.
 *
 * @param baseUrl of its folder, with a slash at its end
 * @throws ProblemError where it cannot be loaded or read
 */
export function fetchManifest(baseUrl: string, fetch = globalThis.fetch.bind(globalThis)): Promise<Manifest> {
  const url = new URL(manifestFile, baseUrl).href;
  const read = async (bytes: Uint8Array) => parseManifest(new TextDecoder().decode(bytes));
  // The worker has just fetched it: that copy names what is trained on, and is there without a network too.
  const wanted = { url, file: manifestFile, cache: 'force-cache', read } as const;
  return download(wanted, { fetch, pauses: PAUSES_MS, patience: PATIENCE_MS });
}

/** The name of the embedded data set; as `fetchManifest`. */
export async function fetchDataName(...where: Parameters<typeof fetchManifest>): Promise<string> {
  return dataName(await fetchManifest(...where));
}
