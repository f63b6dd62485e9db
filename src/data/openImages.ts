/**
 * The images for training, embedded or brought: opened at once, filled as they arrive. The arrays are as long as
 * they will ever be from the start, so an engine can hold on to them, in other threads too; the order of arrival (first
 * training chunk, test chunks, other training chunks) lets training start after the first chunk.
 */
import { channelsOf, type DataRef, type ImageFormat } from '../experiment/dataRef.ts';
import type { TrainingSpec } from '../experiment/experiment.ts';
import { ProblemError, problem } from '../experiment/problem.ts';
import { chunkCache } from './chunkCache.ts';
import { chunkSource, type Progress } from './chunkSource.ts';
import { type ImageSet, memoryOf, type TrainingImages } from './images.ts';
import { type LabelNoise, withNoise } from './labelNoise.ts';
import type { ChunkEntry, SplitName } from './manifest.ts';
import { ownSource } from './ownSet.ts';
import { fullSize, levelsAt, PixelMeans, type PixelStatistics, type Scale, scaleOf, scaling } from './prepare.ts';
import type { Contents, DataSet, ImageSource } from './source.ts';

export interface ImageRequest extends ImageFormat {
  readonly input?: TrainingSpec['input'];
  /** Of the training images’ labels. */
  readonly noise?: LabelNoise | null;
  readonly trainCount: number;
  readonly testCount: number;
}

export interface OpenImagesOptions extends ImageRequest {
  /** Absolute URL of the folder that holds the manifest, with a slash at its end. */
  readonly baseUrl: string;
  /** A data set that somebody has brought; null where it is not at hand. */
  readonly find?: (data: DataRef) => Promise<Blob | null>;
  readonly onProgress?: (progress: Progress) => void;
  /** Told what the data set is, before any of its images. */
  readonly onDataSet?: (dataSet: DataSet) => void;
  readonly fetch?: typeof globalThis.fetch;
  /** Where chunks are kept for the next visit; may throw. */
  readonly storage?: () => CacheStorage | undefined;
  /** Milliseconds before each further attempt at a file. */
  readonly pauses?: readonly number[];
  /** Milliseconds without a byte after which an attempt is given up. */
  readonly patience?: number;
}

/** Images that may still be arriving. */
export interface ArrivingImages {
  readonly images: TrainingImages;
  /** How many images, counted from the first, are there. */
  readonly available: Readonly<Record<SplitName, number>>;
  /**
   * Resolves when the first so many images are there. Rejects with the ProblemError when loading has
   * failed, until `retry` is called, or where more are asked for than were requested.
   */
  until(train: number, test: number): Promise<void>;
  /** Goes on loading after a failure; only what is missing is fetched. */
  retry(): void;
  /** The same data set at another size or with other counts; what is in memory is not fetched again. */
  at(request: Partial<ImageRequest>): ArrivingImages;
}

interface Place {
  readonly split: SplitName;
  readonly entry: ChunkEntry;
  /** Index of the chunk's first image. */
  readonly start: number;
}

interface Waiter {
  readonly train: number;
  readonly test: number;
  resolve(): void;
  reject(error: unknown): void;
}

function emptySet(count: number, format: ImageFormat, scale: Scale): ImageSet {
  const { size, data } = format;
  const numbers = count * size ** 2 * channelsOf(format);
  const pixels =
    size === (data?.side ?? fullSize) ? new Uint8Array(memoryOf(numbers)) : new Uint16Array(memoryOf(2 * numbers));
  return { count, pixels, scale, labels: new Uint8Array(memoryOf(count)) };
}

/** To be filled in, for each channel, or each number of an image. */
function emptyScale({ input, ...format }: ImageRequest): Scale {
  const numbers = channelsOf(format) * (input === 'pixelmean' ? format.size ** 2 : 1);
  return { by: new Float64Array(memoryOf(8 * numbers)), minus: new Float64Array(memoryOf(8 * numbers)) };
}

interface Sets extends TrainingImages {
  statistics?: readonly PixelStatistics[];
}

/** The chunks that hold the first `count` images of a split. */
function placesOf(contents: Contents, split: SplitName, asked: number): Place[] {
  const { count, chunks } = contents[split];
  if (asked > count) throw new ProblemError(problem('data.tooFewImages', { split, asked, count }));
  let start = 0;
  const places = chunks.map((entry) => {
    const place = { split, entry, start };
    start += entry.images;
    return place;
  });
  return places.filter((place) => place.start < asked);
}

class Arriving implements ArrivingImages {
  readonly images: Sets;
  readonly available = { train: 0, test: 0 };
  private readonly scale: Scale;
  private waiting: Waiter[] = [];
  private failure: unknown = null;

  constructor(
    readonly source: ImageSource,
    readonly request: ImageRequest,
  ) {
    const { size, trainCount, testCount } = request;
    this.scale = emptyScale(request);
    this.images = {
      size,
      train: emptySet(trainCount, request, this.scale),
      test: emptySet(testCount, request, this.scale),
    };
    this.start();
  }

  until(train: number, test: number): Promise<void> {
    const asked = { train, test };
    for (const split of ['train', 'test'] as const) {
      const { count } = this.images[split];
      if (asked[split] > count) {
        return Promise.reject(new ProblemError(problem('data.tooFewImages', { split, asked: asked[split], count })));
      }
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ train, test, resolve, reject });
      this.settle();
    });
  }

  retry(): void {
    if (this.failure === null) return;
    this.failure = null;
    this.start();
  }

  at(request: Partial<ImageRequest>): ArrivingImages {
    return new Arriving(this.source, { ...this.request, ...request });
  }

  private start(): void {
    this.load().catch((error: unknown) => {
      this.failure = error;
      this.settle();
    });
  }

  private async load(): Promise<void> {
    const contents = await this.source.contents();
    const [first, ...others] = placesOf(contents, 'train', this.request.trainCount);
    const tests = placesOf(contents, 'test', this.request.testCount);
    const places = [...(first === undefined ? [] : [first]), ...tests, ...others];
    this.source.announce(places.map(({ entry }) => entry));
    const statistics = await this.statistics(contents, places);
    // Grey images are shown from their darkest pixel to their brightest, unless each pixel was moved by itself.
    if (statistics.length > 1) this.images.statistics = statistics;
    const { by, minus } = scaling(statistics, this.request.size, contents.layout);
    this.scale.by.set(by);
    this.scale.minus.set(minus);
    for (const place of places) {
      await this.fill(place, contents);
      this.settle();
    }
  }

  /** What pixels are moved and scaled by. The mean of each pixel is known once all training images are there, and not before. */
  private async statistics(
    { layout, statistics }: Contents,
    places: readonly Place[],
  ): Promise<readonly PixelStatistics[]> {
    const { size, input = 'standard', trainCount } = this.request;
    const channels = statistics.get(size) ?? [];
    if (input !== 'pixelmean') return scaleOf(input, channels);
    const means = new PixelMeans(size, layout);
    for (const { split, entry, start } of places) {
      if (split !== 'train') continue;
      const { pixels } = await this.source.chunk(entry);
      means.add(pixels, Math.min(entry.images, trainCount - start));
    }
    return means.statistics(channels);
  }

  private async fill({ split, entry, start }: Place, { layout }: Contents): Promise<void> {
    const chunk = await this.source.chunk(entry);
    const { size } = this.request;
    const set = this.images[split];
    const end = Math.min(start + entry.images, set.count);
    const area = size * size * layout.channels;
    const levels = levelsAt(chunk.pixels, size, layout);
    set.pixels.set(levels.subarray(0, (end - start) * area), start * area);
    const labels = chunk.labels.subarray(0, end - start);
    const { noise } = this.request;
    set.labels.set(noise && split === 'train' ? withNoise(labels, start, noise) : labels, start);
    this.available[split] = Math.max(this.available[split], end);
  }

  /** Answers those whose images are there, and everybody when loading has failed. */
  private settle(): void {
    const { train, test } = this.available;
    const waiting = this.waiting;
    this.waiting = [];
    for (const waiter of waiting) {
      if (waiter.train <= train && waiter.test <= test) waiter.resolve();
      else if (this.failure !== null) waiter.reject(this.failure);
      else this.waiting.push(waiter);
    }
  }
}

/**
 * Opens the data set and starts loading. Never throws: what goes wrong is told by `until`.
 *
 * The problems are `data.http`, `data.unreachable`, `data.stalled`, `data.length`, `data.checksum`,
 * `data.gzip`, `data.content`, `data.manifestJson`, `data.manifestField`, `data.tooFewImages` and, of a data set that somebody has brought, `data.missing`.
 */
export function openImages(options: OpenImagesOptions): ArrivingImages {
  const { data, find } = options;
  const source: ImageSource = data
    ? ownSource(data, find ?? (async () => null), options)
    : chunkSource({
        baseUrl: options.baseUrl,
        // Browsers refuse a fetch that is called as a method of another object.
        fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
        cache: chunkCache(options.storage ?? (() => globalThis.caches)),
        onProgress: options.onProgress ?? (() => undefined),
        onManifest: ({ name, classes }) => options.onDataSet?.({ name, classes, statistics: null }),
        pauses: options.pauses ?? [300, 1500],
        patience: options.patience ?? 20_000,
      });
  const { size, trainCount, testCount, input, noise } = options;
  const request = {
    size,
    ...(data && { data }),
    trainCount,
    testCount,
    ...(input && { input }),
    ...(noise && { noise }),
  };
  return new Arriving(source, request);
}
