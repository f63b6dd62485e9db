/**
 * IDX, the file format MNIST and its successors are published in: a big-endian header (two zero
 * bytes, the type of the numbers, the number of dimensions, then each dimension as 32 bits) and the
 * numbers behind it. Source: Y. LeCun, "The MNIST database", section "file formats".
 */
import { BadInput } from '../commandLine.ts';
import { words } from './words.ts';

/** Unsigned bytes in three dimensions: images. */
const imageMagic = 0x0803;
/** Unsigned bytes in one dimension: labels. */
const labelMagic = 0x0801;

export interface IdxImages {
  readonly count: number;
  /** Grey levels 0 … 255, [count, 28, 28]. */
  readonly pixels: Uint8Array;
}

const hex = (word: number) => `0x${word.toString(16).padStart(8, '0')}`;

/** The dimensions in the header and the numbers behind it; throws unless magic number and length are right. */
function parse(file: string, bytes: Uint8Array, magic: number): { shape: number[]; values: Uint8Array } {
  const dimensions = magic & 0xff;
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) {
    throw new BadInput(words.length({ file, expected: header, found: bytes.length }));
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint32(0);
  if (found !== magic) {
    throw new BadInput(words.magic({ file, expected: hex(magic), found: hex(found) }));
  }
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const expected = header + shape.reduce((product, n) => product * n, 1);
  if (bytes.length !== expected) {
    throw new BadInput(words.length({ file, expected, found: bytes.length }));
  }
  return { shape, values: bytes.subarray(header) };
}

/**
 * Reads an IDX file of 28×28 images, already decompressed.
 *
 * @param file its name, for the sentence if something is wrong
 * @throws BadInput where the magic number, the length or the size of the images is wrong
 */
export function parseIdxImages(file: string, bytes: Uint8Array): IdxImages {
  const { shape, values } = parse(file, bytes, imageMagic);
  const [count = 0, rows = 0, columns = 0] = shape;
  if (rows !== 28 || columns !== 28) throw new BadInput(words.size({ file, rows, columns }));
  return { count, pixels: values };
}

/**
 * Reads an IDX file of class labels, already decompressed.
 *
 * @returns classes 0 … 9, [count]
 * @throws BadInput where the magic number or the length is wrong, or a label is not 0 … 9
 */
export function parseIdxLabels(file: string, bytes: Uint8Array): Uint8Array {
  const { values } = parse(file, bytes, labelMagic);
  const bad = values.findIndex((label) => label > 9);
  if (bad >= 0) throw new BadInput(words.label({ file, index: bad, label: values[bad] ?? 0 }));
  return values;
}
