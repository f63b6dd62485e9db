/** Reads the four official IDX files from a folder, gzipped or not. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Chunk } from '../../src/data/chunk.ts';
import type { SplitName } from '../../src/data/manifest.ts';
import { sha256 } from '../../src/data/sha256.ts';
import { BadInput } from '../commandLine.ts';
import { parseIdxImages, parseIdxLabels } from './idx.ts';
import { words } from './words.ts';

/** Where Debian's package dataset-fashion-mnist puts them. */
export const officialFolder = '/usr/share/datasets/fashion-mnist';

const prefixes = { train: 'train', test: 't10k' } as const;

export interface Input {
  readonly file: string;
  /** Of the decompressed content, so that it does not depend on who compressed it. */
  readonly sha256: string;
}

export interface OfficialSplit extends Chunk {
  readonly labelsFile: string;
  readonly inputs: readonly Input[];
}

function readMaybeGzipped(folder: string, name: string): Uint8Array<ArrayBuffer> {
  const file = [name, `${name}.gz`].map((each) => join(folder, each)).find(existsSync);
  if (file === undefined) throw new BadInput(words.missing({ file: name, folder }));
  const bytes = new Uint8Array(readFileSync(file));
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return new Uint8Array(gunzipSync(bytes));
  } catch {
    throw new BadInput(words.gzip({ file }));
  }
}

async function inputOf(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<Input> {
  return { file, sha256: (await sha256(bytes)) ?? '' };
}

/**
 * All images and labels of one official split.
 *
 * @throws BadInput where a file is missing, does not decompress, or is not what it should be
 */
export async function readSplit(folder: string, split: SplitName): Promise<OfficialSplit> {
  const imagesFile = `${prefixes[split]}-images-idx3-ubyte`;
  const labelsFile = `${prefixes[split]}-labels-idx1-ubyte`;
  const imageBytes = readMaybeGzipped(folder, imagesFile);
  const labelBytes = readMaybeGzipped(folder, labelsFile);
  const { count, pixels } = parseIdxImages(imagesFile, imageBytes);
  const labels = parseIdxLabels(labelsFile, labelBytes);
  if (labels.length !== count) {
    throw new BadInput(words.counts({ imagesFile, images: count, labelsFile, labels: labels.length }));
  }
  const inputs = [await inputOf(imagesFile, imageBytes), await inputOf(labelsFile, labelBytes)];
  return { labels, pixels, labelsFile, inputs };
}
