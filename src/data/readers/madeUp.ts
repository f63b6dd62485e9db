/** Small made-up files of every format, for tests: a few images, whose pixels say where they belong. */
import { gzipSync } from 'node:zlib';
import { fileOfBlob, type SourceFile } from './sourceFile.ts';

export const bytesOf = (...values: readonly number[]) => Uint8Array.from(values);
export const textBytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}

export const gzipped = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));

export function file(path: string, ...parts: readonly Uint8Array[]): SourceFile {
  return fileOfBlob(path, new Blob([joined(...parts)]));
}

const uint32 = (value: number) => bytesOf(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);

/** An IDX file of bytes. */
export function idx(shape: readonly number[], values: Uint8Array, type = 8): Uint8Array<ArrayBuffer> {
  return joined(bytesOf(0, 0, type, shape.length), ...shape.map(uint32), values);
}

/** So many images of one size, each of one level: its index. */
export function levelImages(count: number, bytesEach: number): Uint8Array {
  return Uint8Array.from({ length: count * bytesEach }, (_, i) => Math.floor(i / bytesEach) + 1);
}

/** Labels 0, 1, …, 0, 1, … */
export function roundRobin(count: number, classes: number, first = 0): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => first + (i % classes));
}

/** NumPy's file of an array. */
export function npy(type: string, shape: readonly number[], content: Uint8Array): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const padded = header.padEnd(64 * Math.ceil((header.length + 11) / 64) - 11) + String.fromCharCode(10);
  const length = padded.length;
  return joined(
    bytesOf(0x93),
    textBytes('NUMPY'),
    bytesOf(1, 0, length & 255, length >> 8),
    textBytes(padded),
    content,
  );
}

/** Records of CIFAR's binary version: the planes of image i hold 10 i + 1, 10 i + 2 and 10 i + 3. */
export function cifarBinary(labels: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  return joined(...labels.map((own, i) => joined(Uint8Array.from(own), planes(i))));
}

/** The pixels of image i, channel by channel. */
export function planes(i: number): Uint8Array {
  return Uint8Array.from({ length: 3072 }, (_, at) => 10 * i + 1 + Math.floor(at / 1024));
}
