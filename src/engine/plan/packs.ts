/** Channels travel in packs of four: a vector of the GPU, or of WebAssembly. */
export const PACK = 4;

export function packsOf(channels: number): number {
  return Math.ceil(channels / PACK);
}
