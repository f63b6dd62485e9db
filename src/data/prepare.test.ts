import { expect, it } from 'vitest';
import { levelsAt, normalise, PixelMeans, pixelStatistics, scaleOf, scaling } from './prepare.ts';

const identity = { mean: 0, std: 1 };

/** An image that is black but for some pixels, [row, column, grey level]. */
function image(...points: readonly (readonly [number, number, number])[]): Uint8Array {
  const pixels = new Uint8Array(784);
  for (const [row, column, level] of points) pixels[row * 28 + column] = level;
  return pixels;
}

function prepared(pixels: Uint8Array, size: 14 | 28, statistics = identity): Float32Array {
  const into = new Float32Array((pixels.length / 784) * size * size);
  normalise(levelsAt(pixels, size), scaling([statistics], size), into);
  return into;
}

it('takes the mean of each 2×2 square at 14×14', () => {
  const pixels = image([0, 0, 255], [0, 1, 51], [1, 0, 102], [1, 1, 0], [2, 26, 204], [27, 27, 255]);
  const small = prepared(pixels, 14);
  expect(small[0]).toBeCloseTo((1 + 0.2 + 0.4 + 0) / 4, 6);
  expect(small[1 * 14 + 13]).toBeCloseTo(0.8 / 4, 6);
  expect(small[13 * 14 + 13]).toBeCloseTo(0.25, 6);
  expect(small.filter((value) => value !== 0)).toHaveLength(3);
});

it('does not mix the last rows of an image with the first of the next', () => {
  const both = new Uint8Array(2 * 784);
  both.set(image([27, 0, 255]));
  both.set(image([0, 0, 51]), 784);
  const small = prepared(both, 14);
  expect(small[13 * 14]).toBeCloseTo(0.25, 6);
  expect(small[196]).toBeCloseTo(0.05, 6);
});

it('subtracts the mean and divides by the standard deviation', () => {
  const pixels = image([0, 0, 255]);
  const normalised = prepared(pixels, 28, { mean: 0.25, std: 0.5 });
  expect(normalised[0]).toBeCloseTo(1.5, 6);
  expect(normalised[1]).toBeCloseTo(-0.5, 6);
});

it('measures mean and standard deviation of pixels and of 2×2 means', () => {
  const half = new Uint8Array(784).map((_, i) => (i % 2 === 0 ? 0 : 255));
  expect(pixelStatistics(half, 28)).toEqual({ mean: 0.5, std: 0.5 });
  expect(pixelStatistics(half, 14)).toEqual({ mean: 0.5, std: 0 });
});

it('leaves pixels between 0 and 1, or as they are in the file, where that is asked for', () => {
  const pixels = image([0, 0, 255], [0, 1, 51], [5, 5, 1]);
  const fed = (size: 14 | 28, input: 'unit' | 'raw') =>
    prepared(pixels, size, scaleOf(input, [{ mean: 0.3, std: 0.4 }])[0]);
  expect([...fed(28, 'raw')].map((level) => Math.fround(level))).toEqual([...pixels]);
  expect(fed(28, 'unit')[1]).toBeCloseTo(0.2, 7);
  expect(fed(14, 'raw')[0]).toBeCloseTo((255 + 51) / 4, 4);
  expect(scaleOf('standard', [identity])).toEqual([identity]);
});

it('subtracts the mean of each pixel over the training images in use, channel by channel', () => {
  const layout = { side: 2, channels: 3 };
  const black = Array.from({ length: 12 }, () => 0);
  const pixels = Uint8Array.from([...black.with(0, 255).with(4, 51), ...black.with(0, 51)]);
  const means = new PixelMeans(2, layout);
  means.add(pixels.subarray(0, 12), 1);
  means.add(pixels.subarray(12), 1);
  const own = means.statistics([0.5, 1, 0].map((std) => ({ mean: 7, std })));
  const into = new Float32Array(24);
  normalise(levelsAt(pixels, 2, layout), scaling(own, 2, layout), into);
  // Red of the first pixel: 1 and 0.2 around 0.6, over 0.5. Green of the second: 0.2 and 0 around 0.1, over 1.
  expect([into[0], into[12]]).toEqual([Math.fround(0.8), Math.fround(-0.8)]);
  expect(into[4]).toBeCloseTo(0.1, 6);
  expect(into[16]).toBeCloseTo(-0.1, 6);
  expect(into.filter((value) => Math.abs(value) > 1e-6)).toHaveLength(4);
});
