import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Chunk, unpackChunk } from './chunk.ts';
import { parseManifest, type SplitName } from './manifest.ts';

const folder = fileURLToPath(new URL('../../public/data/', import.meta.url));
const manifest = parseManifest(readFileSync(`${folder}manifest.json`, 'utf8'));
const entries = [...manifest.train.chunks, ...manifest.test.chunks];

function chunksOf(split: SplitName): Promise<Chunk[]> {
  return Promise.all(
    manifest[split].chunks.map(({ file, images }) =>
      unpackChunk(file, new Uint8Array(readFileSync(folder + file)), images),
    ),
  );
}

async function labelsOf(split: SplitName): Promise<number[]> {
  return (await chunksOf(split)).flatMap(({ labels }) => [...labels]);
}

it('holds 10,000 training and 2,000 test images under the MIT licence', () => {
  expect([manifest.name, manifest.licence, manifest.train.count, manifest.test.count]).toEqual([
    'Fashion-MNIST',
    'MIT',
    10_000,
    2000,
  ]);
});

it.each(entries)('has $file as the manifest says, named by its content', ({ file, bytes, sha256 }) => {
  const content = readFileSync(folder + file);
  expect(content.length).toBe(bytes);
  expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
  expect(file).toContain(`.${sha256.slice(0, 8)}.`);
});

it('has no other chunks', () => {
  const chunks = readdirSync(folder).filter((file) => file.endsWith('.bin'));
  expect(chunks.sort()).toEqual(entries.map(({ file }) => file).sort());
});

it('is at most 7 MB, and 700 KB of it are enough to start', () => {
  expect(entries.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(7e6);
  const manifestBytes = readFileSync(`${folder}manifest.json`).length;
  expect((manifest.train.chunks[0]?.bytes ?? Number.POSITIVE_INFINITY) + manifestBytes).toBeLessThan(700_000);
});

it.each(['train', 'test'] as const)('is balanced to within one image a class in every prefix of %s', async (split) => {
  const seen = new Array<number>(10).fill(0);
  for (const label of await labelsOf(split)) {
    seen[label] = (seen[label] ?? 0) + 1;
    expect(Math.max(...seen) - Math.min(...seen)).toBeLessThanOrEqual(1);
  }
  expect(new Set(seen)).toEqual(new Set([manifest[split].count / 10]));
});

it('has the classes in another order in most runs of ten', async () => {
  const labels = await labelsOf('train');
  const runs = Array.from({ length: 1000 }, (_, i) => labels.slice(10 * i, 10 * i + 10).join(''));
  expect(new Set(runs).size).toBeGreaterThan(990);
});

it('has no image twice', async () => {
  const chunks = [...(await chunksOf('train')), ...(await chunksOf('test'))];
  const images = chunks.flatMap(({ labels, pixels }) =>
    Array.from(labels, (_, i) => Buffer.from(pixels.subarray(784 * i, 784 * (i + 1))).toString('latin1')),
  );
  expect(new Set(images).size).toBe(12_000);
});

it.each([28, 14] as const)('has the mean and the standard deviation of its training pixels at %i', async (size) => {
  const pool = 28 / size;
  const values: number[] = [];
  for (const { pixels } of await chunksOf('train')) {
    for (let i = 0; i < pixels.length; i += pool) {
      if (Math.floor(i / 28) % pool !== 0) continue;
      let sum = 0;
      for (let y = 0; y < pool; y++) for (let x = 0; x < pool; x++) sum += pixels[i + 28 * y + x] ?? 0;
      values.push(sum / (pool * pool * 255));
    }
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(manifest.statistics[size].mean).toBeCloseTo(mean, 7);
  expect(manifest.statistics[size].std).toBeCloseTo(Math.sqrt(variance), 7);
});
