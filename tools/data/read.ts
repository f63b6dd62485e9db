/** Reads the four official IDX files from a folder, gzipped or not. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chunk } from '../../src/data/chunk.ts';
import type { SplitName } from '../../src/data/manifest.ts';
import { fullSize } from '../../src/data/prepare.ts';
import { readIdx } from '../../src/data/readers/idx.ts';
import type { NamedArray } from '../../src/data/readers/namedArray.ts';
import { fileOfBytes } from '../../src/data/readers/sourceFile.ts';
import { unpack } from '../../src/data/readers/unpack.ts';
import { sha256 } from '../../src/data/sha256.ts';
import { FileProblemError } from '../../src/experiment/fileProblem.ts';
import { fileSentence } from '../../src/messages/fileSentence.ts';
import { BadInput } from '../commandLine.ts';
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

interface IdxFile {
  readonly array: NamedArray;
  /** Decompressed. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** An IDX file, gzipped or not, by the readers of files that people bring. */
async function readFile(folder: string, name: string): Promise<IdxFile> {
  const file = [name, `${name}.gz`].map((each) => join(folder, each)).find(existsSync);
  if (file === undefined) throw new BadInput(words.missing({ file: name, folder }));
  try {
    const [leaf] = await unpack([fileOfBytes(name, new Uint8Array(readFileSync(file)))]);
    const bytes = (await leaf?.bytes()) ?? new Uint8Array();
    if (leaf?.kind !== 'idx') throw new BadInput(words.kind({ file: name }));
    return { array: readIdx(name, bytes), bytes };
  } catch (error) {
    if (error instanceof FileProblemError) throw new BadInput(fileSentence(error.problem));
    throw error;
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
  const images = await readFile(folder, imagesFile);
  const labelled = await readFile(folder, labelsFile);
  const [count = 0, ...size] = images.array.shape;
  if (size.length !== 2 || size.some((side) => side !== fullSize)) {
    throw new BadInput(words.size({ file: imagesFile, shape: images.array.shape.join(' × ') }));
  }
  const [pixels, labels] = [images.array.values, labelled.array.values] as Uint8Array[];
  if (!pixels || !labels) throw new BadInput(words.kind({ file: imagesFile }));
  const bad = labels.findIndex((label) => label > 9);
  if (bad >= 0) throw new BadInput(words.label({ file: labelsFile, index: bad, label: labels[bad] ?? 0 }));
  if (labels.length !== count) {
    throw new BadInput(words.counts({ imagesFile, images: count, labelsFile, labels: labels.length }));
  }
  const inputs = [await inputOf(imagesFile, images.bytes), await inputOf(labelsFile, labelled.bytes)];
  return { labels, pixels, labelsFile, inputs };
}
