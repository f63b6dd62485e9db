/** What every reader makes of files: images of one size with a label each, still as the files have them. */
export const splits = ['train', 'test', 'validation', 'all'] as const;
/** Which part of the data a file says that it is; `all` where it does not say. */
export type Split = (typeof splits)[number];

export interface Labelled {
  readonly split: Split;
  /** Where they were found. */
  readonly file: string;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** 0 … 255, [n, height, width, channels]. */
  readonly pixels: Uint8Array;
  /** [n] */
  readonly labels: Int32Array;
}

/** Tells by a name which part of the data a file holds. */
export function splitOf(name: string): Split {
  if (/(^|[^a-z])val(id(ation)?)?([^a-z]|$)/i.test(name)) return 'validation';
  if (/t10k|test/i.test(name)) return 'test';
  return /train/i.test(name) ? 'train' : 'all';
}

/** Channel by channel, [n, 3, area], to pixel by pixel, [n, area, 3]. */
export function interleaved(planes: Uint8Array, area: number, into = new Uint8Array(planes.length)): Uint8Array {
  const images = planes.length / (3 * area);
  for (let image = 0; image < images; image++) {
    const start = image * 3 * area;
    for (let i = 0; i < area; i++) {
      const to = start + 3 * i;
      into[to] = planes[start + i] ?? 0;
      into[to + 1] = planes[start + area + i] ?? 0;
      into[to + 2] = planes[start + 2 * area + i] ?? 0;
    }
  }
  return into;
}
