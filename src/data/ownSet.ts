/**
 * A data set that somebody has brought, as one blob, which browsers keep on disk and hand from one thread to another without a copy: eight bytes that say
 * what it is, the length of the table of contents in 32 bits, that table as JSON, then the labels and the pixels of training and test images. It is named
 * by the SHA-256 of shape, labels and pixels, so the same images have the same name whatever file they came in.
 */
import * as v from 'valibot';
import { type DataRef, sizesOf } from '../experiment/dataRef.ts';
import { ProblemError, problem } from '../experiment/problem.ts';
import { type Chunk, chunkImages } from './chunk.ts';
import type { Progress } from './chunkSource.ts';
import type { ChunkEntry, SplitName } from './manifest.ts';
import { channelStatistics } from './prepare.ts';
import type { AssembledSet } from './readers/assemble.ts';
import { sha256 } from './sha256.ts';
import type { DataSet, ImageSource } from './source.ts';

const MAGIC = 'DSIMAGE1';
const HEADER_BYTES = MAGIC.length + 4;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const statistics = v.array(v.object({ mean: v.number(), std: v.number() }));

const tableSchema = v.object({
  title: v.string(),
  side: count,
  channels: v.picklist([1, 3]),
  classes: v.array(v.string()),
  /** By size. */
  statistics: v.record(v.string(), statistics),
  train: count,
  test: count,
});

type Table = v.InferOutput<typeof tableSchema>;

/** A title as links can have it: letters and digits of any language; whatever a link or a chat program might take for its own becomes a dash. */
function slug(title: string): string {
  const kept = title
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return kept || 'data';
}

export interface PackedSet {
  readonly ref: DataRef;
  readonly blob: Blob;
}

/** Packs a data set and names it. */
export async function packSet(set: AssembledSet, title: string): Promise<PackedSet> {
  const { side, channels, classes, train, test, content } = set;
  const counts = { train: train.labels.length, test: test.labels.length };
  // Over plain HTTP from another computer browsers have no SHA-256; such a name holds for this computer alone.
  const id =
    (await sha256(content)) ??
    crypto.getRandomValues(new Uint32Array(2)).reduce((text, word) => text + word.toString(16).padStart(8, '0'), '');
  const ref: DataRef = {
    id: id.slice(0, 16),
    title: slug(title),
    side,
    channels,
    classes: classes.length,
    ...counts,
  };
  const bySize = sizesOf(ref).map((size) => [size, channelStatistics(train.pixels, size, { side, channels })]);
  const table: Table = {
    title,
    side,
    channels,
    classes: [...classes],
    statistics: Object.fromEntries(bySize),
    ...counts,
  };
  const json = new TextEncoder().encode(JSON.stringify(table));
  const length = new Uint8Array(new Uint32Array([json.length]).buffer);
  return { ref, blob: new Blob([MAGIC, length, json, content.subarray(2)]) };
}

async function bytesOf(blob: Blob, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.slice(from, to).arrayBuffer());
}

interface Opened {
  readonly table: Table;
  /** Where labels and pixels of each part begin. */
  readonly starts: Readonly<Record<SplitName, { readonly labels: number; readonly pixels: number }>>;
  readonly bytesEach: number;
}

async function open(blob: Blob): Promise<Opened> {
  const header = await bytesOf(blob, 0, HEADER_BYTES);
  const [length = 0] = new Uint32Array(header.slice(MAGIC.length).buffer);
  const json = new TextDecoder().decode(await bytesOf(blob, HEADER_BYTES, HEADER_BYTES + length));
  const table = v.parse(tableSchema, JSON.parse(json));
  const bytesEach = table.side ** 2 * table.channels;
  const labels = HEADER_BYTES + length;
  const pixels = labels + table.train + table.test;
  const starts = {
    train: { labels, pixels },
    test: { labels: labels + table.train, pixels: pixels + table.train * bytesEach },
  };
  return { table, starts, bytesEach };
}

/** What a data set says of itself. */
export async function describeSet(blob: Blob): Promise<DataSet> {
  const { title, classes, statistics } = (await open(blob)).table;
  return { name: title, classes, statistics };
}

function chunksOf(split: SplitName, images: number): ChunkEntry[] {
  return Array.from({ length: Math.ceil(images / chunkImages) }, (_, i) => {
    const own = Math.min(chunkImages, images - i * chunkImages);
    return { file: `${split} ${i}`, bytes: own, images: own, sha256: '' };
  });
}

interface Listeners {
  readonly onProgress?: (progress: Progress) => void;
  readonly onDataSet?: (dataSet: DataSet) => void;
}

/**
 * A data set that somebody has brought, as the embedded one is read.
 *
 * @param find its blob; null where it is not at hand
 */
export function ownSource(
  data: DataRef,
  find: (data: DataRef) => Promise<Blob | null>,
  listeners: Listeners,
): ImageSource {
  let total = 0;
  let arrived = 0;
  const found = async () => {
    const blob = await find(data);
    if (!blob) {
      const { title, train, test, side, classes } = data;
      throw new ProblemError(problem('data.missing', { title, train, test, side, classes }));
    }
    return { blob, opened: await open(blob) };
  };
  let reading: ReturnType<typeof found> | null = null;
  // What failed is asked again: it may be at hand by then.
  const read = () => {
    reading ??= found().catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
  return {
    async contents() {
      const { table } = (await read()).opened;
      const { title, classes, side, channels, train, test } = table;
      listeners.onDataSet?.({ name: title, classes, statistics: table.statistics });
      return {
        layout: { side, channels },
        statistics: new Map(Object.entries(table.statistics).map(([size, of]) => [Number(size), of])),
        train: { count: train, chunks: chunksOf('train', train) },
        test: { count: test, chunks: chunksOf('test', test) },
      };
    },
    announce(entries) {
      total += entries.reduce((sum, { bytes }) => sum + bytes, 0);
    },
    async chunk({ file, images }): Promise<Chunk> {
      const { blob, opened } = await read();
      const [split, part] = file.split(' ');
      const { labels, pixels } = opened.starts[split === 'test' ? 'test' : 'train'];
      const first = Number(part) * chunkImages;
      const { bytesEach } = opened;
      const chunk = {
        labels: await bytesOf(blob, labels + first, labels + first + images),
        pixels: await bytesOf(blob, pixels + first * bytesEach, pixels + (first + images) * bytesEach),
      };
      arrived += images;
      listeners.onProgress?.({ bytes: arrived, total });
      return chunk;
    },
  };
}
