import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackChunk } from '../../src/data/chunk.ts';
import { parseManifest } from '../../src/data/manifest.ts';
import { BadInput } from '../commandLine.ts';
import { buildDataSet, type DataSet } from './build.ts';
import { officialFolder } from './read.ts';
import { selectBalanced } from './select.ts';
import type { Told } from './source.ts';

const told = { name: 'Shades', classes: 'a, b, c, d, e, f, g, h, i, j' };

const root = mkdtempSync(join(tmpdir(), 'idx-'));
afterAll(() => rmSync(root, { recursive: true }));

function idx(magic: number, shape: readonly number[], values: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic);
  shape.forEach((n, i) => {
    view.setUint32(4 + 4 * i, n);
  });
  bytes.set(values, 4 + 4 * shape.length);
  return bytes;
}

/** An image of class c is all grey level c + 1, so that a mix-up of labels shows. */
function splitFiles(prefix: string, count: number): Map<string, Uint8Array> {
  const labels = Uint8Array.from({ length: count }, (_, i) => (i * 7) % 10);
  const pixels = new Uint8Array(count * 784);
  labels.forEach((label, i) => {
    pixels.fill(label + 1, i * 784, (i + 1) * 784);
  });
  return new Map([
    [`${prefix}-images-idx3-ubyte`, idx(0x803, [count, 28, 28], pixels)],
    [`${prefix}-labels-idx1-ubyte`, idx(0x801, [count], labels)],
  ]);
}

const good = new Map([...splitFiles('train', 10_500), ...splitFiles('t10k', 2100)]);

/** A folder with these files, of which some are other than they should be; null leaves a file out. */
function folderWith(name: string, change: Readonly<Record<string, Uint8Array | null>> = {}): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, bytes] of Object.entries({ ...Object.fromEntries(good), ...change })) {
    if (bytes !== null) writeFileSync(join(folder, file), bytes);
  }
  return folder;
}

async function complaint(folder: string, how: Told = told): Promise<string> {
  try {
    await buildDataSet(folder, how);
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
  return 'no complaint';
}

describe('the data set made from IDX files', () => {
  let made: DataSet;
  beforeAll(async () => {
    made = await buildDataSet(folderWith('good'), told);
  });

  it('keeps each label with its image, balanced in every run of ten', async () => {
    const { manifest, files } = made;
    expect([manifest.train.count, manifest.test.count]).toEqual([10_000, 2000]);
    for (const { file, images } of [...manifest.train.chunks, ...manifest.test.chunks]) {
      const { labels, pixels } = await unpackChunk(file, new Uint8Array(files.get(file) ?? []), images);
      labels.forEach((label, i) => {
        expect([pixels[i * 784], pixels[i * 784 + 783]]).toEqual([label + 1, label + 1]);
      });
      for (let i = 0; i < images; i += 10) expect(new Set(labels.subarray(i, i + 10)).size).toBe(10);
    }
  });

  it('is the same from files that are gzipped', async () => {
    const name = 'train-images-idx3-ubyte';
    const gzipped = folderWith('gzipped', { [name]: null, [`${name}.gz`]: gzipSync(good.get(name) ?? '') });
    expect(await buildDataSet(gzipped, told)).toEqual(made);
  });

  it('takes no credit from Fashion-MNIST where it is something else, but the name and classes that it is given', () => {
    const { name, licence, classes } = made.manifest;
    expect([name, licence, classes]).toEqual(['Shades', 'unknown', [...'abcdefghij']]);
  });

  it.each([
    [
      'no name',
      { classes: told.classes },
      /not those of Fashion-MNIST; say what they are called, and their ten classes/,
    ],
    ['a blank one', { ...told, name: ' ' }, /say what they are called/],
    ['no classes', { name: 'Shades' }, /say what they are called, and their ten classes/],
    ['nine classes', { ...told, classes: 'a,b,c,d,e,f,g,h,i' }, /--classes has 9 names; 10 are needed/],
    ['a class without a name', { ...told, classes: 'a,b,c,d,,f,g,h,i,j' }, /--classes has 9 names; 10 are needed/],
  ])('is not made of unknown files with %s', async (_, how, expected) => {
    expect(await complaint(folderWith('good'), how)).toMatch(expected);
  });

  it('has a manifest that the page can read', () => {
    const { manifest } = made;
    expect(parseManifest(JSON.stringify(manifest))).toEqual(manifest);
  });
});

describe('an IDX file that is not what it should be is named', () => {
  const images = 'train-images-idx3-ubyte';
  const labels = 't10k-labels-idx1-ubyte';

  it.each([
    ['missing', { [labels]: null }, /no file t10k-labels-idx1-ubyte/],
    [
      'cut short',
      { [images]: new Uint8Array(good.get(images) ?? []).subarray(0, 5000) },
      /train-images.* there are 5,000/,
    ],
    ['cut short in gzip', { [labels]: gzipSync(good.get(labels) ?? '').subarray(0, 30) }, /t10k-labels.*decompress/],
    ['of another kind', { [images]: good.get(labels) ?? null }, /train-images.*array of 2100; images of 28×28/],
    ['one label short', { [labels]: idx(0x801, [2099], new Uint8Array(2099)) }, /2,100 images.*2,099 labels/],
    [
      'of one class',
      { [labels]: idx(0x801, [2100], new Uint8Array(2100)) },
      /t10k-labels.*only 0 images of class 1; 200/,
    ],
  ])('%s', async (what, change, expected) => {
    expect(await complaint(folderWith(what.replaceAll(' ', '-'), change))).toMatch(expected);
  });
});

it.skipIf(!existsSync(officialFolder))('takes no other name for the official files', async () => {
  expect(await complaint(officialFolder, { name: 'Clothes' })).toMatch(/those of Fashion-MNIST, which has its name/);
});

it('chooses no image twice', () => {
  const labels = Uint8Array.from({ length: 1000 }, (_, i) => i % 10);
  const chosen = selectBalanced('labels', 'train', labels, 90);
  expect(new Set(chosen).size).toBe(900);
});

const committed = fileURLToPath(new URL('../../public/data/manifest.json', import.meta.url));

it.skipIf(!existsSync(officialFolder))('made from the official files, is the one that is committed', async () => {
  const { manifest } = await buildDataSet(officialFolder);
  const known = parseManifest(readFileSync(committed, 'utf8'));
  // Chunk checksums are of compressed files, and another version of zlib may compress otherwise.
  expect({ ...manifest, train: manifest.train.count, test: manifest.test.count }).toEqual({
    ...known,
    train: known.train.count,
    test: known.test.count,
  });
});
