/**
 * The table of contents of the embedded data set: which files there are, what is in them, and how
 * to tell that they are whole. Nothing in it is trusted before it has been checked here.
 */
import * as v from 'valibot';
import { ProblemError, problem } from '../experiment/problem.ts';

export const manifestFile = 'manifest.json';

const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e9));
const checksum = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const chunkEntry = v.object({
  /** A bare name beside the manifest: no path, so that it cannot point anywhere else. */
  file: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]*$/)),
  /** Length of the file. */
  bytes: wholeNumber,
  images: wholeNumber,
  /** SHA-256 of the file. */
  sha256: checksum,
});

const split = v.pipe(
  v.object({ count: wholeNumber, chunks: v.pipe(v.array(chunkEntry), v.minLength(1)) }),
  v.forward(
    v.check(({ count, chunks }) => chunks.reduce((sum, chunk) => sum + chunk.images, 0) === count),
    ['count'],
  ),
);

const statistics = v.object({
  mean: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  std: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
});

const manifestSchema = v.object({
  /** Of this layout. */
  version: v.literal(1),
  name: v.string(),
  source: v.string(),
  licence: v.string(),
  /** The files it was made from, and the SHA-256 of what is in them (decompressed). */
  inputs: v.array(v.object({ file: v.string(), sha256: checksum })),
  /** Class names, by label. */
  classes: v.pipe(v.array(v.string()), v.length(10)),
  /** Of the training pixels, by side of the image. */
  statistics: v.object({ 14: statistics, 28: statistics }),
  train: split,
  test: split,
});

export type Manifest = v.InferOutput<typeof manifestSchema>;
export type ChunkEntry = v.InferOutput<typeof chunkEntry>;
export type SplitName = 'train' | 'test';

/**
 * Reads a manifest.
 *
 * @throws ProblemError `data.manifestJson` or `data.manifestField`, which names the first wrong field
 */
export function parseManifest(text: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ProblemError(problem('data.manifestJson', { file: manifestFile }));
  }
  const result = v.safeParse(manifestSchema, json);
  if (result.success) return result.output;
  const field = v.getDotPath(result.issues[0]) ?? 'version';
  throw new ProblemError(problem('data.manifestField', { file: manifestFile, field }));
}
