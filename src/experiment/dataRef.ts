/**
 * A data set as an experiment names it: by its content, with what must be known of it before its images are there. So a link builds its networks on any
 * computer, and says which file is missing where that is not at hand.
 */
import { dataLimits, inRange } from './limits.ts';

export interface DataRef {
  /** The first 16 digits of the SHA-256 of its images and labels. */
  readonly id: string;
  readonly title: string;
  /** Side of its square images in pixels. */
  readonly side: number;
  readonly channels: 1 | 3;
  readonly classes: number;
  /** Images in each part. */
  readonly train: number;
  readonly test: number;
}

/** What networks are fed: images of a side, of a data set that somebody has brought or, without one, the built-in. */
export interface ImageFormat {
  readonly size: number;
  readonly data?: DataRef;
}

/** The built-in images as networks see them. */
const builtIn = { channels: 1, classes: 10, sizes: [14, 28], test: 2000 } as const;

export function channelsOf({ data }: ImageFormat): number {
  return data?.channels ?? builtIn.channels;
}

/** How many classes there are to tell apart. */
export function classCount({ data }: Pick<ImageFormat, 'data'>): number {
  return data?.classes ?? builtIn.classes;
}

/** The file that a data set is saved as, where programs read it. */
export function imagesFile({ title }: DataRef): string {
  return `${title}.images`;
}

/** How many test images errors are measured on: as many as are asked for, if there are. */
export function testCount({ data, test }: Pick<ImageFormat, 'data'> & { readonly test: number }): number {
  return Math.min(test, data?.test ?? builtIn.test);
}

/** The sides that images can be fed at: their own and, by the means of squares of 2 × 2, half of that. */
export function sizesOf(data: DataRef | undefined): readonly number[] {
  if (!data) return builtIn.sizes;
  const { side } = data;
  return side % 2 === 0 && side / 2 >= dataLimits.imageSide.min ? [side / 2, side] : [side];
}

const pattern = /^([0-9a-f]{16})\.(\d{1,2})x([13])\.(\d{1,3})\.(\d{1,7})\.(\d{1,7})\.([\p{L}\p{N}-]{1,40})$/u;

/** In a link: `3f9ac2b81c04d5e6.32x3.10.50000.10000.CIFAR-10`. */
export function formatData({ id, title, side, channels, classes, train, test }: DataRef): string {
  return [id, `${side}x${channels}`, classes, train, test, title].join('.');
}

/** @returns null where the text names no data set that there could be */
export function parseData(text: string): DataRef | null {
  const found = pattern.exec(text.trim());
  if (!found) return null;
  const [, id = '', side, channels, classes, train, test, title = ''] = found;
  const ref = {
    id,
    title,
    side: Number(side),
    channels: channels === '1' ? 1 : 3,
    classes: Number(classes),
    train: Number(train),
    test: Number(test),
  } as const;
  const { imageSide, classes: range, fewest } = dataLimits;
  const fits = inRange(ref.side, imageSide) && inRange(ref.classes, range);
  return fits && ref.train >= fewest.train && ref.test >= fewest.test ? ref : null;
}
