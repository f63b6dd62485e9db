import type { Levels, PixelStatistics, Scale } from './prepare.ts';

/** Images and labels, by index; engines see them as `gather` takes them. */
export interface ImageSet {
  /** How many images the set will have once everything has arrived. */
  readonly count: number;
  /** [count, size, size, channels]: levels, which take a quarter of the memory, or without a scale numbers as networks are fed. */
  readonly pixels: Levels | Float32Array;
  readonly scale?: Scale;
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

/** Whether threads can share memory: only pages that are isolated from other sites may. */
export function hasSharedMemory(): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated !== false;
}

/** Memory that other threads see, where there is such. */
export function memoryOf(bytes: number): ArrayBufferLike {
  return hasSharedMemory() ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}
