import { expect, it } from 'vitest';
import type { ProblemError } from '../experiment/problem.ts';
import { gather } from './gather.ts';
import { openImages } from './openImages.ts';
import { packSet } from './ownSet.ts';
import { type AssembledSet, type Part, roomFor } from './readers/assemble.ts';
import type { DataSet } from './source.ts';

const side = 16;
const bytesEach = side * side * 3;

/** Images whose red is 10, 20, … , whose green is 100 in every other column and 0 between, and whose blue is 7 throughout. */
function fill({ labels, pixels }: Part): void {
  pixels.set(
    pixels.map((_, i) => {
      const [image, pixel] = [Math.floor(i / bytesEach), Math.floor(i / 3)];
      return [10 * (image + 1), pixel % 2 === 0 ? 100 : 0, 7][i % 3] ?? 0;
    }),
  );
  labels.set(labels.map((_, i) => i % 3));
}

function madeUp(): AssembledSet {
  const room = roomFor(side, 3, 12, 3);
  fill(room.train);
  fill(room.test);
  return { side, channels: 3, classes: ['a', 'b', 'c'], ...room, notes: [] };
}

const set = madeUp();

const request = { baseUrl: 'https://nowhere.test/', trainCount: 12, testCount: 3 };

it('is trained on as it was packed, channel by channel, at its own size and at half of it', async () => {
  const { ref, blob } = await packSet(set, 'Made up!');
  expect(ref).toMatchObject({ title: 'Made-up', side, channels: 3, classes: 3, train: 12, test: 3 });
  const told: DataSet[] = [];
  const find = async () => blob;
  const full = openImages({ ...request, size: side, data: ref, find, onDataSet: (dataSet) => told.push(dataSet) });
  await full.until(12, 3);
  expect(told[0]).toMatchObject({ name: 'Made up!', classes: ['a', 'b', 'c'] });
  const { train, test } = full.images;
  expect([...train.labels]).toEqual([...set.train.labels]);
  expect([...test.labels]).toEqual([0, 1, 2]);
  // Red: 10 … 120, mean 65, variance 100 · (12² − 1) / 12. Green: 100 or 0. Blue never changes, and becomes zeros.
  const std = 10 * Math.sqrt(143 / 12);
  const pixel = (image: number, at: number) => [
    ...gather(train, Uint32Array.of(image)).pixels.subarray(3 * at, 3 * at + 3),
  ];
  expect(pixel(0, 0)[0]).toBeCloseTo((10 - 65) / std, 4);
  expect(pixel(11, 5)[0]).toBeCloseTo((120 - 65) / std, 4);
  expect(pixel(3, 0).slice(1)).toEqual([expect.closeTo(1, 5), 0]);
  expect(pixel(3, 1).slice(1)).toEqual([expect.closeTo(-1, 5), 0]);

  const half = full.at({ size: side / 2 });
  await half.until(12, 3);
  expect(half.images.train.pixels).toHaveLength((12 * bytesEach) / 4);
  // The mean of 100 and 0 is the mean of all greens.
  const [red, green] = gather(half.images.train, Uint32Array.of(0)).pixels;
  expect(red).toBeCloseTo((10 - 65) / std, 4);
  expect(green).toBeCloseTo(0, 5);
});

it('has a name that follows from its images and labels alone', async () => {
  const { ref } = await packSet(set, 'one');
  expect((await packSet({ ...set, classes: ['x', 'y', 'z'] }, 'other')).ref.id).toBe(ref.id);
  const other = madeUp();
  other.train.pixels[5] = 8;
  expect((await packSet(other, 'one')).ref.id).not.toBe(ref.id);
});

it('says which images are asked for where they are not at hand, and finds them later', async () => {
  const { ref, blob } = await packSet(set, 'Made up');
  let found: Blob | null = null;
  const images = openImages({ ...request, size: side, data: ref, find: async () => found });
  const refused = await images.until(12, 3).catch((error: unknown) => error);
  expect((refused as ProblemError).problem).toEqual({
    code: 'data.missing',
    values: { title: 'Made-up', train: 12, test: 3, side, classes: 3 },
  });
  found = blob;
  images.retry();
  await images.until(12, 3);
  expect(images.available).toEqual({ train: 12, test: 3 });
});
