import type { PixelStatistics } from './prepare.ts';

/** Images as the engines see them: normalised pixels and labels, by index. */
export interface ImageSet {
  /** How many images the set will have once everything has arrived. */
  readonly count: number;
  /** Normalised pixels, [count, size, size, channels], float32. */
  readonly pixels: Float32Array;
  /** Classes from 0, [count]. */
  readonly labels: Uint8Array;
}

export interface TrainingImages {
  /** Side in pixels. */
  readonly size: number;
  /** What the levels of each channel were moved and scaled by, where that is known: they can be shown as they were. */
  readonly statistics?: readonly PixelStatistics[];
  readonly train: ImageSet;
  readonly test: ImageSet;
}
