/**
 * A chunk is a part of the data set in one file: gzip around n label bytes and then n×28×28 pixel
 * bytes. The files are called .bin, not .gz, as servers that know .gz make browsers decompress it
 * on the way, and then neither length nor checksum would fit.
 */
import { ProblemError, problem } from '../experiment/problem.ts';
import { fullSize } from './prepare.ts';

export interface Chunk {
  /** Classes 0 … 9, [n]. */
  readonly labels: Uint8Array;
  /** Grey levels 0 … 255, [n, 28, 28]. */
  readonly pixels: Uint8Array;
}

/** Images in a chunk; the last one of a split may have fewer. */
export const chunkImages = 1000;

const bytesPerImage = 1 + fullSize * fullSize;

/** The content of a chunk before compression. */
export function packChunk({ labels, pixels }: Chunk): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(labels.length * bytesPerImage);
  bytes.set(labels);
  bytes.set(pixels, labels.length);
  return bytes;
}

/**
 * Decompresses a chunk and takes it apart. gzip's own CRC-32 is checked on the way.
 *
 * @param file its name, for the sentence if something is wrong
 * @param images how many the manifest promises
 * @throws ProblemError where it does not decompress, or not to that many images with labels 0 … 9
 */
export async function unpackChunk(file: string, bytes: Uint8Array<ArrayBuffer>, images: number): Promise<Chunk> {
  let content: Uint8Array;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    content = new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new ProblemError(problem('data.gzip', { file }));
  }
  const labels = content.subarray(0, images);
  if (content.length !== images * bytesPerImage || labels.some((label) => label > 9)) {
    throw new ProblemError(problem('data.content', { file, images }));
  }
  return { labels, pixels: content.subarray(images) };
}
