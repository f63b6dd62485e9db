/** Makes the embedded data set, in memory: the same input gives the same bytes. */
import { gzipSync } from 'node:zlib';
import { type Chunk, chunkImages, packChunk } from '../../src/data/chunk.ts';
import type { ChunkEntry, Manifest, SplitName } from '../../src/data/manifest.ts';
import { fullSize, pixelStatistics } from '../../src/data/prepare.ts';
import { sha256 } from '../../src/data/sha256.ts';
import { type OfficialSplit, readSplit } from './read.ts';
import { selectBalanced } from './select.ts';
import { creditOf, type Told } from './source.ts';

const perClass = { train: 1000, test: 200 } as const;
const imageBytes = fullSize * fullSize;

export interface DataSet {
  readonly manifest: Manifest;
  /** Contents of the chunk files, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

function pick({ labels, pixels }: Chunk, indices: Uint32Array): Chunk {
  const picked = new Uint8Array(indices.length * imageBytes);
  indices.forEach((index, i) => {
    picked.set(pixels.subarray(index * imageBytes, (index + 1) * imageBytes), i * imageBytes);
  });
  return { labels: Uint8Array.from(indices, (index) => labels[index] ?? 0), pixels: picked };
}

function compress(chunk: Chunk): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(gzipSync(packChunk(chunk), { level: 9 }));
  // The header names the operating system; 255 is "unknown", so that every system writes the same bytes.
  bytes[9] = 255;
  return bytes;
}

async function chunksOf(split: SplitName, { labels, pixels }: Chunk, files: Map<string, Uint8Array>) {
  const chunks: ChunkEntry[] = [];
  for (let start = 0; start < labels.length; start += chunkImages) {
    const end = Math.min(start + chunkImages, labels.length);
    const bytes = compress({
      labels: labels.subarray(start, end),
      pixels: pixels.subarray(start * imageBytes, end * imageBytes),
    });
    const checksum = (await sha256(bytes)) ?? '';
    const file = `${split}-${chunks.length}.${checksum.slice(0, 8)}.bin`;
    chunks.push({ file, bytes: bytes.length, images: end - start, sha256: checksum });
    files.set(file, bytes);
  }
  return { count: labels.length, chunks };
}

function choose(split: SplitName, official: OfficialSplit): Chunk {
  return pick(official, selectBalanced(official.labelsFile, split, official.labels, perClass[split]));
}

/**
 * Reads the four IDX files in `folder` and chooses, orders, packs and measures.
 *
 * @param told of files that are not the official ones
 * @throws BadInput where an input file is missing or is not what it should be, or where it is not told what the files are
 */
export async function buildDataSet(folder: string, told: Told = {}): Promise<DataSet> {
  const official = { train: await readSplit(folder, 'train'), test: await readSplit(folder, 'test') };
  const inputs = [...official.train.inputs, ...official.test.inputs];
  const credit = creditOf(inputs, told);
  const train = choose('train', official.train);
  const files = new Map<string, Uint8Array>();
  const manifest: Manifest = {
    version: 1,
    ...credit,
    inputs,
    statistics: { 14: pixelStatistics(train.pixels, 14), 28: pixelStatistics(train.pixels, 28) },
    train: await chunksOf('train', train, files),
    test: await chunksOf('test', choose('test', official.test), files),
  };
  return { manifest, files };
}
