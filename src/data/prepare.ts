/**
 * From grey levels to what a network is fed: 28×28, or 14×14 by the mean of each 2×2 square, minus
 * the mean and over the standard deviation of all training pixels at that size.
 */
import type { ImageSize } from '../experiment/experiment.ts';

/** Side of the images in the data set, in pixels. */
export const fullSize = 28;

/** Of pixels scaled to 0 … 1, over all training images. */
export interface PixelStatistics {
  readonly mean: number;
  readonly std: number;
}

interface Levels {
  /** Whole numbers 0 … max, [count, size, size]. */
  readonly values: Uint8Array | Uint16Array;
  readonly max: number;
}

/** Sums of 2×2 squares: whole numbers, so that statistics over millions of pixels stay exact. */
function squareSums(pixels: Uint8Array): Uint16Array {
  const sums = new Uint16Array(pixels.length / 4);
  const half = fullSize / 2;
  for (let i = 0; i < sums.length; i++) {
    const row = Math.floor(i / half);
    const topLeft = row * 2 * fullSize + (i % half) * 2;
    const below = topLeft + fullSize;
    sums[i] = (pixels[topLeft] ?? 0) + (pixels[topLeft + 1] ?? 0) + (pixels[below] ?? 0) + (pixels[below + 1] ?? 0);
  }
  return sums;
}

function levels(pixels: Uint8Array, size: ImageSize): Levels {
  return size === fullSize ? { values: pixels, max: 255 } : { values: squareSums(pixels), max: 4 * 255 };
}

/**
 * Mean and (population) standard deviation of all pixels, to eight decimals.
 *
 * @param pixels grey levels 0 … 255, [count, 28, 28]
 * @param size at which they are taken
 */
export function pixelStatistics(pixels: Uint8Array, size: ImageSize): PixelStatistics {
  const { values, max } = levels(pixels, size);
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  const std = Math.sqrt(squares / values.length - mean * mean);
  return { mean: Number((mean / max).toFixed(8)), std: Number((std / max).toFixed(8)) };
}

/**
 * Writes normalised pixels.
 *
 * @param pixels grey levels 0 … 255, [count, 28, 28]
 * @param into receives [count, size, size]; what lies beyond its end is left out
 */
export function prepare(pixels: Uint8Array, size: ImageSize, statistics: PixelStatistics, into: Float32Array): void {
  const { values, max } = levels(pixels, size);
  const scale = 1 / (max * statistics.std);
  const shift = statistics.mean / statistics.std;
  const length = Math.min(values.length, into.length);
  for (let i = 0; i < length; i++) into[i] = (values[i] ?? 0) * scale - shift;
}
