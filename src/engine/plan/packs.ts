/** Channels travel in packs of four: a vector of the GPU, or of WebAssembly. */
export const PACK = 4;

export function packsOf(channels: number): number {
  return Math.ceil(channels / PACK);
}

/** Leaves out the zeros that fill up each pixel's last pack. @param packed whole pixels @returns [pixels, channels] */
export function withoutFilling(packed: Float32Array, channels: number): Float32Array {
  const pixel = PACK * packsOf(channels);
  const values = new Float32Array((packed.length / pixel) * channels);
  for (let from = 0, to = 0; from < packed.length; from += pixel, to += channels) {
    values.set(packed.subarray(from, from + channels), to);
  }
  return values;
}
