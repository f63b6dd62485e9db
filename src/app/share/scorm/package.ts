/**
 * A SCORM 1.2 package of an embed, for learning management systems: a zip of a manifest, a page that holds the embed in a frame, and the script that tells
 * the LMS of the learner (`embed/scorm.ts`). A *thin* package shows the embed of the site that it was made on; a *whole* one has the site within, for
 * networks that lead nowhere.
 */
import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import type { BuiltFile } from '../../../offline/pageCache.ts';
import { escapedXml, manifestOf } from './manifest.ts';

export interface ScormOptions {
  readonly kind: 'thin' | 'whole';
  readonly title: string;
  /** Of the embed, with its `?` and `#`. */
  readonly address: string;
  /** The folder of the built page, absolute. */
  readonly site: string;
  /** Gives a file of the built page, by its path from there. */
  readonly read: (path: string) => Promise<Uint8Array>;
}

/** What the LMS launches: `index.html` is the page's own. */
const LAUNCHED = 'scorm.html';

const scripts = ['embed/scorm.js', 'embed/v1.js'];

/** Pages that only crawlers and teachers open, and what is no part of the application. */
const isLeftOut = (path: string) => /^(?:(?!index)[\w-]+\.html|manifest\.webmanifest|icon-[\w-]+\.png)$/.test(path);

/** @throws whatever `read` throws */
export async function scormPackage({
  kind,
  title,
  address,
  site,
  read,
}: ScormOptions): Promise<Uint8Array<ArrayBuffer>> {
  const paths = kind === 'thin' ? scripts : [...new Set([...scripts, ...(await siteFiles(read))])];
  const page = kind === 'thin' ? new URL(`./${address}`, site).href : `index.html${address}`;
  // The browser packs, without threads that a policy might forbid.
  configure({ useWebWorkers: false });
  const zip = new ZipWriter(new Uint8ArrayWriter(), { extendedTimestamp: false });
  const add = (path: string, bytes: Uint8Array) =>
    // Images are packed as tightly as can be already.
    zip.add(path, new Uint8ArrayReader(bytes), { level: /\.(?:bin|png|webp)$/.test(path) ? 0 : 6 });
  const encoder = new TextEncoder();
  await add('imsmanifest.xml', encoder.encode(manifestOf({ title, files: [LAUNCHED, ...paths] })));
  await add(LAUNCHED, encoder.encode(launchPage(title, page)));
  for (const path of paths) await add(path, await read(path));
  return zip.close();
}

/** Every file that the application may need, its images too. */
async function siteFiles(read: ScormOptions['read']): Promise<readonly string[]> {
  const json = async (path: string): Promise<unknown> => JSON.parse(new TextDecoder().decode(await read(path)));
  const built = ((await json('offline.json')) as readonly BuiltFile[]).map(({ path }) =>
    path === './' ? 'index.html' : path,
  );
  type Images = Readonly<Record<'train' | 'test', { readonly chunks: readonly { readonly file: string }[] }>>;
  const { train, test } = (await json('data/manifest.json')) as Images;
  return [...built, ...[...train.chunks, ...test.chunks].map(({ file }) => `data/${file}`)].filter(
    (path) => !isLeftOut(path),
  );
}

function launchPage(title: string, address: string): string {
  const name = escapedXml(title);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${name}</title>
  </head>
  <body style="margin: 0">
    <iframe
      src="${escapedXml(address)}"
      title="${name}"
      allow="cross-origin-isolated; fullscreen; clipboard-write; web-share"
      style="position: fixed; inset: 0; width: 100%; height: 100%; border: 0"
    ></iframe>
    <script type="module" src="embed/scorm.js"></script>
  </body>
</html>
`;
}
