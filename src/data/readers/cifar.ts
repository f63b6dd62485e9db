/**
 * CIFAR-10 and CIFAR-100 as A. Krizhevsky publishes them: records of one label byte (two in CIFAR-100: coarse, fine) and 3 × 32 × 32 pixels, channel by
 * channel; or Python pickles of dictionaries with the same in an array. Source: https://www.cs.toronto.edu/~kriz/cifar.html.
 */
import { refuse } from '../../experiment/fileProblem.ts';
import { interleaved, type Labelled, splitOf } from './labelled.ts';
import type { NamedArray } from './namedArray.ts';
import type { PickleValue } from './pickle.ts';
import { nameOf } from './sourceFile.ts';

const SIDE = 32;
const AREA = SIDE * SIDE;
const PIXELS = 3 * AREA;

/** By the bytes in front of a record's pixels: the largest label in the last of them, and of all. */
const layouts = [
  { labels: 1, classes: [10] },
  { labels: 2, classes: [20, 100] },
] as const;

/** What the files of the binary version are called. */
const batchName = /(data_batch|test_batch|^(train|test))[^/]*\.bin$/i;

const shape = { height: SIDE, width: SIDE, channels: 3 } as const;

/** Whether bytes can be records of the binary version: whole ones, with labels that there are. */
export function isCifarBinary(path: string, bytes: Uint8Array): boolean {
  return batchName.test(nameOf(path)) || layouts.some((layout) => fits(bytes, layout));
}

function fits(bytes: Uint8Array, { labels, classes }: (typeof layouts)[number]): boolean {
  const record = labels + PIXELS;
  if (bytes.length === 0 || bytes.length % record !== 0) return false;
  for (let at = 0; at < bytes.length; at += record) {
    if (classes.some((limit, i) => (bytes[at + i] ?? 0) >= limit)) return false;
  }
  return true;
}

/** @throws FileProblemError where these are no whole records, or a label is none */
export function readCifarBinary(path: string, bytes: Uint8Array): Labelled {
  const layout = layouts.find(({ labels }) => bytes.length > 0 && bytes.length % (labels + PIXELS) === 0);
  if (!layout) return refuse('cifar.length', { file: path, bytes: bytes.length });
  const record = layout.labels + PIXELS;
  const classes = layout.classes.at(-1) ?? 0;
  const count = bytes.length / record;
  const labels = new Int32Array(count);
  const pixels = new Uint8Array(count * PIXELS);
  for (let image = 0; image < count; image++) {
    const start = image * record;
    const label: number = bytes[start + layout.labels - 1] ?? 0;
    if (label >= classes) refuse('cifar.label', { file: path, index: image, label, classes });
    labels[image] = label;
    const from = start + layout.labels;
    interleaved(bytes.subarray(from, from + PIXELS), AREA, pixels.subarray(image * PIXELS, (image + 1) * PIXELS));
  }
  const split = splitOf(nameOf(path));
  return { split: split === 'all' ? 'train' : split, file: path, ...shape, pixels, labels };
}

/** The entry of a dictionary under any of some names, whether Python wrote these as text or as bytes. */
function entry(value: PickleValue, ...names: readonly string[]): PickleValue | undefined {
  if (!(value instanceof Map)) return undefined;
  for (const [key, found] of value as ReadonlyMap<PickleValue, PickleValue>) {
    const name = key instanceof Uint8Array ? new TextDecoder().decode(key) : key;
    if (typeof name === 'string' && names.includes(name)) return found;
  }
  return undefined;
}

function isArray(value: PickleValue | undefined): value is NamedArray {
  return typeof value === 'object' && value !== null && 'values' in value && 'shape' in value;
}

/** The images of a batch of the Python version; null where the pickle holds none. @throws FileProblemError where they are not as they should be */
export function cifarBatch(path: string, value: PickleValue): Labelled | null {
  const data = entry(value, 'data');
  const found = entry(value, 'fine_labels', 'labels');
  if (!isArray(data)) return null;
  const [count = 0, length] = data.shape;
  if (length !== PIXELS || !(data.values instanceof Uint8Array)) {
    refuse('array.shape', { file: path, shape: data.shape.join(' × ') });
  }
  const labels = isArray(found) ? Int32Array.from(found.values as Int32Array, Number) : found;
  if (labels === undefined) return refuse('set.noLabels', { file: path });
  const list = Int32Array.from(labels as readonly number[], Number);
  if (list.length !== count) {
    refuse('set.counts', { imagesFile: path, images: count, labelsFile: path, labels: list.length });
  }
  const split = splitOf(nameOf(path));
  const pixels = interleaved(data.values as Uint8Array, AREA);
  return { split: split === 'all' ? 'train' : split, file: path, ...shape, pixels, labels: list };
}

/** The names of the classes in `batches.meta` or `meta`; null where the pickle holds none. */
export function cifarNames(value: PickleValue): string[] | null {
  const names = entry(value, 'fine_label_names', 'label_names');
  if (!Array.isArray(names)) return null;
  return names.map((name) => (name instanceof Uint8Array ? new TextDecoder().decode(name) : String(name)));
}

/** The names of the classes in `batches.meta.txt` or `fine_label_names.txt`; null for any other text. */
export function namesInText(path: string, bytes: Uint8Array): string[] | null {
  if (!/^(batches\.meta|fine_label_names|label_names|classes|labels)\.txt$/i.test(nameOf(path))) return null;
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  const names = lines.map((line) => line.trim()).filter(Boolean);
  return names.length > 0 ? names : null;
}
