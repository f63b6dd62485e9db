/**
 * From levels to what a network is fed: images at their own size, or at half of it by the mean of each 2×2 square, minus the mean and over the standard
 * deviation of all training pixels at that size, channel by channel; or only scaled.
 */
import type { TrainingSpec } from '../experiment/experiment.ts';

/** Side of the built-in images, in pixels. */
export const fullSize = 28;

/** How images lie in bytes: [side, side, channels]. */
export interface ImageLayout {
  readonly side: number;
  readonly channels: number;
}

export const builtInLayout: ImageLayout = { side: fullSize, channels: 1 };

/** Of the pixels of a channel scaled to 0 … 1, over all training images. */
export interface PixelStatistics {
  readonly mean: number;
  readonly std: number;
}

/** Whole numbers, [count, size, size, channels]: 0 … 255, or at half the side the sums of four of them. */
export type Levels = Uint8Array | Uint16Array;

/** Sums of 2×2 squares: whole numbers, so that statistics over millions of pixels stay exact. */
function squareSums(pixels: Uint8Array, { side, channels }: ImageLayout): Uint16Array {
  const sums = new Uint16Array(pixels.length / 4);
  const row = side * channels;
  const half = row / 2;
  for (let i = 0; i < sums.length; i++) {
    const across = i % half;
    const channel = across % channels;
    const topLeft = Math.floor(i / half) * 2 * row + (across - channel) * 2 + channel;
    const below = topLeft + row;
    sums[i] =
      (pixels[topLeft] ?? 0) +
      (pixels[topLeft + channels] ?? 0) +
      (pixels[below] ?? 0) +
      (pixels[below + channels] ?? 0);
  }
  return sums;
}

/**
 * Images at the size at which they are taken.
 *
 * @param pixels levels 0 … 255, [count, side, side, channels]
 * @param size the side, or half of it
 */
export function levelsAt(pixels: Uint8Array, size: number, layout = builtInLayout): Levels {
  return size === layout.side ? pixels : squareSums(pixels, layout);
}

/** The level of white. */
function mostAt(size: number, { side }: ImageLayout): number {
  return size === side ? 255 : 4 * 255;
}

/**
 * Mean and (population) standard deviation of all pixels of each channel, to eight decimals.
 *
 * @param pixels levels 0 … 255, [count, side, side, channels]
 * @param size at which they are taken: the side, or half of it
 */
export function channelStatistics(pixels: Uint8Array, size: number, layout: ImageLayout): PixelStatistics[] {
  const values = levelsAt(pixels, size, layout);
  const max = mostAt(size, layout);
  const { channels } = layout;
  const count = values.length / channels;
  return Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    let squares = 0;
    for (let i = channel; i < values.length; i += channels) {
      const value = values[i] ?? 0;
      sum += value;
      squares += value * value;
    }
    const mean = sum / count;
    const std = Math.sqrt(squares / count - mean * mean);
    return { mean: Number((mean / max).toFixed(8)), std: Number((std / max).toFixed(8)) };
  });
}

/** The same of the built-in images, which have one channel. */
export function pixelStatistics(pixels: Uint8Array, size: number): PixelStatistics {
  return channelStatistics(pixels, size, builtInLayout)[0] as PixelStatistics;
}

/** What pixels are moved and scaled by, where they are fed otherwise than with mean 0 and deviation 1. */
export function scaleOf(
  input: TrainingSpec['input'],
  statistics: readonly PixelStatistics[],
): readonly PixelStatistics[] {
  const std = { standard: null, pixelmean: null, unit: 1, raw: 1 / 255 }[input];
  return std === null ? statistics : statistics.map(() => ({ mean: 0, std }));
}

/** What levels become numbers by: times `by`, minus `minus`, of each channel or of each number of an image. */
export interface Scale {
  readonly by: Float64Array;
  readonly minus: Float64Array;
}

/** @param statistics at that size: of each channel, or of each number of an image */
export function scaling(statistics: readonly PixelStatistics[], size: number, layout = builtInLayout): Scale {
  const max = mostAt(size, layout);
  // A channel of one level everywhere says nothing, and becomes zeros.
  return {
    by: Float64Array.from(statistics, ({ std }) => (std === 0 ? 0 : 1 / (max * std))),
    minus: Float64Array.from(statistics, ({ mean, std }) => (std === 0 ? 0 : mean / std)),
  };
}

/** Writes levels as the numbers that networks are fed. @param into receives as many */
export function normalise(levels: ArrayLike<number>, { by, minus }: Scale, into: Float32Array): void {
  for (let place = 0; place < by.length; place++) {
    const [factor = 0, shift = 0] = [by[place], minus[place]];
    for (let i = place; i < levels.length; i += by.length) into[i] = (levels[i] ?? 0) * factor - shift;
  }
}

/** The mean of each number of an image over images that come one after the other, with the deviation of its channel. */
export class PixelMeans {
  private readonly sums: Float64Array;
  private images = 0;

  constructor(
    private readonly size: number,
    private readonly layout: ImageLayout,
  ) {
    this.sums = new Float64Array(size * size * layout.channels);
  }

  /**
   * @param pixels levels 0 … 255, [count, side, side, channels]
   * @param count of them that are taken, from the first on
   */
  add(pixels: Uint8Array, count: number): void {
    const values = levelsAt(pixels, this.size, this.layout);
    const { sums } = this;
    for (let i = 0; i < count * sums.length; i++) {
      const place = i % sums.length;
      sums[place] = (sums[place] ?? 0) + (values[i] ?? 0);
    }
    this.images += count;
  }

  /** @param channels statistics of each */
  statistics(channels: readonly PixelStatistics[]): PixelStatistics[] {
    const most = mostAt(this.size, this.layout);
    return Array.from(this.sums, (sum, place) => ({
      mean: sum / (this.images * most),
      std: channels[place % channels.length]?.std ?? 0,
    }));
  }
}
