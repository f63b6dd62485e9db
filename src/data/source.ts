/** Where images come from: the embedded data set, in files that are fetched, or one that somebody has brought. */
import type { Chunk } from './chunk.ts';
import type { ChunkEntry, SplitName } from './manifest.ts';
import type { ImageLayout, PixelStatistics } from './prepare.ts';

/** What the page says of a data set. */
export interface DataSet {
  readonly name: string;
  /** By label. */
  readonly classes: readonly string[];
  /** Of each channel, by the size at which networks are fed; null of the built-in images. */
  readonly statistics: Readonly<Record<number, readonly PixelStatistics[]>> | null;
}

/** What is in a data set. */
export interface Contents
  extends Readonly<Record<SplitName, { readonly count: number; readonly chunks: readonly ChunkEntry[] }>> {
  readonly layout: ImageLayout;
  /** Of each channel, by size. */
  readonly statistics: ReadonlyMap<number, readonly PixelStatistics[]>;
}

export interface ImageSource {
  /** @throws ProblemError where it cannot be loaded or read */
  contents(): Promise<Contents>;
  /** Counts chunks into the total of the progress, before they are fetched one by one. */
  announce(entries: readonly ChunkEntry[]): void;
  /** @throws ProblemError where it cannot be loaded, or is not what the contents say */
  chunk(entry: ChunkEntry): Promise<Chunk>;
}
