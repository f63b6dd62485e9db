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

function fingerprint(page: PageName): string {
  const hash = createHash('sha256').update(page);
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

/** The folder of an up-to-date build. It is built aside and moved into place, so that two scripts can start at once. */
async function built(page: PageName): Promise<string> {
  const folder = join(cache, fingerprint(page));
  mkdirSync(cache, { recursive: true });
  if (!existsSync(folder)) {
    const aside = `${folder}.${process.pid}`;
    // A visitor's page comes with those that it links to, as they are shipped.
    const input = page === 'index.html' ? {} : { rolldownOptions: { input: join(root, page) } };
    const outDir = { outDir: aside, emptyOutDir: true, ...input };
    await build({ root, logLevel: 'silent', build: outDir });
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
