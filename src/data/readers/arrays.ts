/**
 * Arrays in files of their own, of IDX or of NumPy: which are images and which are their labels is told by their shapes, and which belong together by
 * their names. MNIST's `x_train`, MedMNIST's `train_images`, KMNIST's `kmnist-train-imgs.npz` and IDX's `train-images-idx3-ubyte` are read alike.
 */
import { type FileNote, refuse } from '../../experiment/fileProblem.ts';
import { interleaved, type Labelled, type Split, splitOf, splits } from './labelled.ts';
import type { NamedArray, NumberArray } from './namedArray.ts';
import { isHidden, nameOf } from './sourceFile.ts';

interface Images extends Omit<Labelled, 'labels' | 'split'> {
  readonly count: number;
}

/** The names that say what an array is: its own first, then that of the archive of arrays it lies in. */
function namesOf(file: string): string[] {
  const parts = file.split('/').filter((part) => !isHidden(part));
  const own = parts.at(-1) ?? '';
  const around = parts.at(-2) ?? '';
  return /\.npz$/i.test(around) ? [own, around] : [own];
}

function splitOfArray(file: string): Split {
  return (
    namesOf(file)
      .map(splitOf)
      .find((split) => split !== 'all') ?? 'all'
  );
}

/** What is left of a name without the words for its part, its content and its format. */
function stemOf(file: string): string {
  const words =
    /t10k|test|train(ing)?|val(id(ation)?)?|images?|imgs?|labels?|targets?|idx\d|ubyte|arr_\d|npy|npz|\b[xy]\b|[xy]_/gi;
  return namesOf(file)
    .toReversed()
    .join(' ')
    .replace(words, ' ')
    .replace(/[^a-z0-9]+/gi, ' ')
    .trim()
    .toLowerCase();
}

const isLabelName = (file: string) => /label|target|(^|[^a-z])y([^a-z]|$)/i.test(namesOf(file)[0] ?? '');

function layoutOf({
  file,
  shape,
}: NamedArray): (Pick<Images, 'height' | 'width' | 'channels'> & { planes: boolean }) | null {
  const [, a = 0, b = 0, c = 0] = shape;
  if (shape.length === 3 && b > 1) return { height: a, width: b, channels: 1, planes: false };
  if (shape.length === 4 && (c === 1 || c === 3)) return { height: a, width: b, channels: c, planes: false };
  if (shape.length === 4 && (a === 1 || a === 3)) return { height: b, width: c, channels: a, planes: a === 3 };
  if (shape.length !== 2 || a < 64 || isLabelName(file)) return null;
  const side = Math.sqrt(a);
  return Number.isInteger(side) ? { height: side, width: side, channels: 1, planes: false } : null;
}

function extent(values: NumberArray): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const each of values) {
    const value = Number(each);
    if (value < min) min = value;
    if (value > max) max = value;
    if (Number.isNaN(value)) return { min: value, max: value };
  }
  return { min, max };
}

/** Levels 0 … 255 of numbers from 0 to 1, −1 to 1, 0 to 255 or, in 16 bits, 0 to 65535. */
function levels({ file, values }: NamedArray, notes: FileNote[]): Uint8Array {
  const { min, max } = extent(values);
  if (values instanceof Uint8Array && max > 1) return values;
  const isFloat = values instanceof Float32Array || values instanceof Float64Array;
  const range = max <= 1 ? [min < 0 ? -1 : 0, 1] : max <= 255 ? [0, 255] : [0, 65_535];
  const [low = 0, high = 1] = range;
  if (!(min >= low && max <= high) || (isFloat && high > 255))
    refuse('array.range', { file, value: min < low ? min : max });
  if (high !== 255) notes.push({ code: 'note.scaled', values: { file, max: high } });
  const scale = 255 / (high - low);
  return Uint8Array.from(values as Float64Array, (value) => Math.round((Number(value) - low) * scale));
}

function imagesOf(array: NamedArray, notes: FileNote[]): Images | null {
  const layout = layoutOf(array);
  if (!layout) return null;
  const { height, width, channels, planes } = layout;
  const bytes = levels(array, notes);
  const pixels = planes ? interleaved(bytes, height * width) : bytes;
  return { file: array.file, count: array.shape[0] ?? 0, height, width, channels, pixels };
}

/** Of every image one: as a row or a column, or as a row of zeros with a one at the label. */
function labelsOf({ file, shape, values }: NamedArray): Int32Array {
  const [count = 0, columns = 1] = shape;
  if (shape.length > 2) refuse('array.shape', { file, shape: shape.join(' × ') });
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const row = Array.from(values.subarray(i * columns, (i + 1) * columns) as Float64Array, Number);
    if (columns > 1 && (row.some((value) => value !== 0 && value !== 1) || row.filter(Boolean).length !== 1)) {
      refuse('set.severalLabels', { file, columns });
    }
    const label = columns > 1 ? row.indexOf(1) : (row[0] ?? 0);
    if (!Number.isInteger(label)) refuse('array.notWhole', { file, index: i, value: label });
    labels[i] = label;
  }
  return labels;
}

interface Found {
  readonly images: readonly NamedArray[];
  readonly labels: readonly NamedArray[];
}

function pair(split: Split, { images, labels }: Found, notes: FileNote[]): Labelled {
  const [array, labelArray] = [images[0], labels[0]];
  if (!array) return refuse('set.noImages', { file: labelArray?.file ?? '' });
  if (!labelArray) return refuse('set.noLabels', { file: array.file });
  const found = imagesOf(array, notes);
  if (!found) return refuse('array.shape', { file: array.file, shape: array.shape.join(' × ') });
  const { count, ...rest } = found;
  const list = labelsOf(labelArray);
  if (list.length !== count) {
    refuse('set.counts', { imagesFile: array.file, images: count, labelsFile: labelArray.file, labels: list.length });
  }
  return { split, ...rest, labels: list };
}

function found(arrays: readonly NamedArray[]): Found {
  const isImages = (array: NamedArray) => array.shape.length > 2 || layoutOf(array) !== null;
  return { images: arrays.filter(isImages), labels: arrays.filter((array) => !isImages(array)) };
}

/**
 * Images with their labels, of each part of the data there is.
 *
 * @param notes takes what was done
 * @throws FileProblemError where images or labels lack each other, differ in number, or there is more than one data set
 */
export function pairArrays(arrays: readonly NamedArray[], notes: FileNote[]): Labelled[] {
  const all = found(arrays);
  if (all.images.length === 1 && all.labels.length === 1) {
    const parts = arrays.map(({ file }) => splitOfArray(file));
    return [pair(parts.find((part) => part !== 'all') ?? 'all', all, notes)];
  }
  const stems = new Set(all.images.map(({ file }) => stemOf(file)));
  if (stems.size > 1) {
    const files = all.images.map(({ file }) => nameOf(file)).slice(0, 4);
    refuse('set.several', { files: files.join(', ') });
  }
  return splits.flatMap((split) => {
    const own = found(arrays.filter(({ file }) => splitOfArray(file) === split));
    return own.images.length + own.labels.length === 0 ? [] : [pair(split, own, notes)];
  });
}
