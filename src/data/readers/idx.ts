/**
 * IDX, the file format MNIST and its successors are published in: a big-endian header (two zero bytes, the type of the numbers, the number of
 * dimensions, then each dimension as 32 bits) and the numbers behind it. Source: Y. LeCun, "The MNIST database", section "file formats".
 */
import { refuse } from '../../experiment/fileProblem.ts';
import type { NamedArray } from './namedArray.ts';

const typeNames: Readonly<Record<number, string>> = {
  8: 'unsigned bytes',
  9: 'signed bytes',
  11: '16-bit numbers',
  12: '32-bit numbers',
  13: '32-bit floats',
  14: '64-bit floats',
};

/**
 * Reads an IDX file of bytes, decompressed.
 *
 * @param file its name, for the sentence if something is wrong
 * @throws FileProblemError where it holds other numbers than unsigned bytes, or not as many as its header says
 */
export function readIdx(file: string, content: Uint8Array): NamedArray {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const [, , type = 0, dimensions = 0] = content;
  const start = 4 + 4 * dimensions;
  if (content.length < start) refuse('file.length', { file, expected: start, found: content.length });
  if (type !== 8) refuse('idx.numbers', { file, type: typeNames[type] ?? String(type) });
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const length = shape.reduce((product, each) => product * each, 1);
  if (content.length !== start + length) {
    refuse('file.length', { file, expected: start + length, found: content.length });
  }
  return { file, shape, values: content.subarray(start) };
}
