/**
 * Serves a page of the production build to the browsers that scripts start. The build is kept under
 * node_modules and made again when anything that goes into it has changed, so a script always runs
 * the code as it is, on a fresh clone as well, and a second run starts at once.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'depthscope');
const sources = [
  'index.html',
  'lab.html',
  'bench.html',
  'longRun.html',
  'teachers.html',
  'package-lock.json',
  'vite.config.ts',
  'tools/siteHeaders.ts',
  'tools',
  'src',
  'public',
];
const DAY_MS = 24 * 60 * 60 * 1000;

export type PageName = 'index.html' | 'lab.html' | 'bench.html' | 'longRun.html';

function filesBelow(path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
    .filter((file) => !/\.test\.tsx?$/.test(file));
}

/** Those that are built together, as they are shipped: a visitor's page comes with all that it links to. */
const shipped: readonly PageName[] = ['index.html', 'lab.html'];

/** @param what the page that is built alone; null: what is shipped */
function fingerprint(what: PageName | null): string {
  const hash = createHash('sha256').update(what ?? 'shipped');
  for (const file of sources.flatMap(filesBelow)) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

/** Removes builds that nobody has used for a day. */
function removeOld(): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > DAY_MS) rmSync(path, { recursive: true, force: true });
  }
}

/** Builds for visitors, whatever a test runner has set. */
async function buildInto(outDir: string, alone: PageName | null): Promise<void> {
  const before = process.env;
  process.env = { ...before, NODE_ENV: 'production' };
  try {
    const input = alone && { rolldownOptions: { input: join(root, alone) } };
    await build({ root, logLevel: 'silent', build: { outDir, emptyOutDir: true, ...input } });
  } finally {
    process.env = before;
  }
}

/**
 * The folder of an up-to-date build: `$BUILT`, where that is given and has the page, or one that is kept. It is built aside and moved into place,
 * so that two scripts can start at once.
 */
async function built(page: PageName): Promise<string> {
  const alone = shipped.includes(page) ? null : page;
  if (alone === null && process.env.BUILT) return process.env.BUILT;
  const folder = join(cache, fingerprint(alone));
  mkdirSync(cache, { recursive: true });
  if (!existsSync(folder)) {
    const aside = `${folder}.${process.pid}`;
    await buildInto(aside, alone);
    if (existsSync(folder)) rmSync(aside, { recursive: true });
    else renameSync(aside, folder);
  }
  utimesSync(folder, new Date(), new Date());
  removeOld();
  return folder;
}

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Builds a page if need be and serves it, cross-origin isolated, on a free port of this machine. Prints nothing. */
export async function servePage(page: PageName): Promise<ServedPage> {
  const outDir = await built(page);
  const server = await preview({ root, logLevel: 'silent', build: { outDir }, preview: { host: '127.0.0.1' } });
  const base = server.resolvedUrls?.local[0];
  if (!base) throw new Error('The server of the page has no address.');
  return { url: new URL(page, base).href, close: () => server.close() };
}
