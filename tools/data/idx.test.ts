import { expect, it } from 'vitest';
import { BadInput } from '../commandLine.ts';
import { parseIdxImages, parseIdxLabels } from './idx.ts';

function idx(magic: number, shape: readonly number[], values: readonly number[]): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint32(0, magic);
  shape.forEach((n, i) => {
    header.setUint32(4 + 4 * i, n);
  });
  return Uint8Array.from([...new Uint8Array(header.buffer), ...values]);
}

function complaint(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
  return 'no complaint';
}

const image = Array.from({ length: 784 }, (_, i) => i % 256);

it('reads images and labels', () => {
  const { count, pixels } = parseIdxImages('images', idx(0x803, [2, 28, 28], [...image, ...image]));
  expect(count).toBe(2);
  expect([...pixels]).toEqual([...image, ...image]);
  expect([...parseIdxLabels('labels', idx(0x801, [3], [9, 0, 5]))]).toEqual([9, 0, 5]);
});

it('reads a file that is a part of a larger buffer', () => {
  const file = idx(0x801, [3], [9, 0, 5]);
  const buffer = new Uint8Array(file.length + 7);
  buffer.set(file, 7);
  expect([...parseIdxLabels('labels', buffer.subarray(7))]).toEqual([9, 0, 5]);
});

it('says which magic number a file has and which it should have', () => {
  const swapped = complaint(() => parseIdxImages('train-images-idx3-ubyte', idx(0x801, [3], Array(20).fill(0))));
  expect(swapped).toMatch(/train-images-idx3-ubyte .*0x00000801.*0x00000803/);
});

it('says how many bytes are missing or too many', () => {
  const short = idx(0x803, [2, 28, 28], image);
  expect(complaint(() => parseIdxImages('train-images-idx3-ubyte', short))).toMatch(
    /train-images-idx3-ubyte .*1,584 bytes.*800/,
  );
  expect(complaint(() => parseIdxLabels('labels', idx(0x801, [2], [1, 2, 3])))).toMatch(/10 bytes.*11/);
  expect(complaint(() => parseIdxLabels('labels', Uint8Array.of(0, 0, 8)))).toMatch(/8 bytes.*3/);
});

it('says what size the images have', () => {
  expect(complaint(() => parseIdxImages('images', idx(0x803, [1, 32, 4], Array(128).fill(0))))).toMatch(/32×4/);
});

it('says which label is no class', () => {
  expect(complaint(() => parseIdxLabels('labels', idx(0x801, [3], [1, 2, 10])))).toMatch(/label 2 is 10/);
});
