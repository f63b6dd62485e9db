/** Images as the engines see them: normalised pixels and labels, by index. */
export interface ImageSet {
  /** How many images the set will have once everything has arrived. */
  readonly count: number;
  /** Normalised pixels, [count, size, size], float32. */
  readonly pixels: Float32Array;
  /** Classes 0 … 9, [count]. */
  readonly labels: Uint8Array;
}

export interface TrainingImages {
  /** Side in pixels. */
  readonly size: number;
  readonly train: ImageSet;
  readonly test: ImageSet;
}
