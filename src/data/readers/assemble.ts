/**
 * From what the files hold to a data set: one square size, labels from 0, a training and a test part, and an order in which every beginning has the
 * classes in their proportions, as the built-in images have. What is guessed, dropped or changed on the way is said.
 */
import { type FileNote, refuse } from '../../experiment/fileProblem.ts';
import { dataLimits } from '../../experiment/limits.ts';
import { permutation, random } from '../../network/random.ts';
import type { Labelled, Split } from './labelled.ts';
import type { FilesRead } from './readFiles.ts';

/** What somebody may decide on seeing the preview. */
export interface Choices {
  /** Rows and columns change places: EMNIST is published that way. */
  readonly isTurned: boolean;
  /** Dark becomes light: photos of digits are dark on white. */
  readonly isInverted: boolean;
}

export interface Part {
  /** [n] */
  readonly labels: Uint8Array;
  /** [n, side, side, channels] */
  readonly pixels: Uint8Array;
}

export interface AssembledSet {
  readonly side: number;
  readonly channels: 1 | 3;
  /** By label. */
  readonly classes: readonly string[];
  readonly train: Part;
  readonly test: Part;
  /** Both parts: the side, the channels, all labels, all pixels. Of a large set there is room for no copy. */
  readonly content: Uint8Array<ArrayBuffer>;
  readonly notes: readonly FileNote[];
}

/** Room for the images of a data set. */
export function roomFor(side: number, channels: 1 | 3, train: number, test: number) {
  const bytesEach = side * side * channels;
  const content = new Uint8Array(2 + (train + test) * (1 + bytesEach));
  content.set([side, channels]);
  let at = 2;
  const take = (bytes: number) => {
    at += bytes;
    return content.subarray(at - bytes, at);
  };
  const [trainLabels, testLabels] = [take(train), take(test)];
  return {
    content,
    train: { labels: trainLabels, pixels: take(train * bytesEach) },
    test: { labels: testLabels, pixels: take(test * bytesEach) },
  };
}

/** Of every class, where only one part is given: MNIST's share. */
const TEST_SHARE = 1 / 6;
/** Draws split and order; part of every data set, so it never changes. */
const SEED = 1512;

/** What is done at first: EMNIST says by its name that it is turned. */
export function usualChoices({ parts }: FilesRead): Choices {
  return { isTurned: parts.some(({ file }) => /emnist/i.test(file)), isInverted: false };
}

/** Indices into the images of some parts, one after the other. */
type Order = Uint32Array;

/** Images of several files as one, without copying them. */
class Merged {
  readonly labels: Int32Array;
  private readonly starts: number[];

  constructor(readonly parts: readonly Labelled[]) {
    let count = 0;
    this.starts = parts.map(({ labels }) => {
      count += labels.length;
      return count - labels.length;
    });
    this.labels = new Int32Array(count);
    for (const [i, { labels }] of parts.entries()) this.labels.set(labels, this.starts[i]);
  }

  image(index: number): Uint8Array {
    const i = this.starts.findLastIndex((start) => start <= index);
    const part = this.parts[i];
    if (!part) return new Uint8Array();
    const bytes = part.height * part.width * part.channels;
    const at = (index - (this.starts[i] ?? 0)) * bytes;
    return part.pixels.subarray(at, at + bytes);
  }

  get count(): number {
    return this.labels.length;
  }
}

function requireOneShape(parts: readonly Labelled[]): Labelled {
  const [first] = parts;
  if (!first) return refuse('set.noImages', { file: '' });
  const shape = ({ height, width, channels }: Labelled) => `${height} × ${width} × ${channels}`;
  const other = parts.find((part) => shape(part) !== shape(first));
  if (other) {
    refuse('set.differ', { file: first.file, shape: shape(first), otherFile: other.file, otherShape: shape(other) });
  }
  const least = Math.min(first.height, first.width);
  if (least < dataLimits.imageSide.min) refuse('set.small', { side: least, least: dataLimits.imageSide.min });
  return first;
}

/** The members of each class, shuffled: alike for equal counts, wherever the images came from. */
function byClass(labels: Int32Array, classes: number, stream: string): Uint32Array[] {
  const members = Array.from({ length: classes }, (): number[] => []);
  for (const [index, label] of labels.entries()) members[label]?.push(index);
  return members.map((own, label) => {
    return permutation(own.length, random(SEED, stream, 'class', label)).map((i) => own[i] ?? 0);
  });
}

/**
 * Puts the classes between each other in their proportions: the k-th of n images of a class stands at (k + ½) / n of the way. Of equal classes, every
 * round has one of each, in an order of its own.
 */
function interleave(members: readonly Uint32Array[], stream: string): Order {
  const ties = random(SEED, stream, 'order');
  const places = members.flatMap((own) =>
    Array.from(own, (index, k) => ({ index, at: (k + 0.5) / own.length, tie: ties() })),
  );
  places.sort((a, b) => a.at - b.at || a.tie - b.tie);
  return Uint32Array.from(places, ({ index }) => index);
}

/** Rows and columns of an image, or an area, as one. */
interface Geometry {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Of the square around it. */
  readonly full: number;
  /** Of what is made of it. */
  readonly side: number;
  /** What each row, or column, of that covers. */
  readonly along: readonly (readonly { readonly at: number; readonly share: number }[])[];
}

/** Which of `full` pixels each of `side` covers, and by what share of itself. */
function coverOf(full: number, side: number): Geometry['along'] {
  return Array.from({ length: side }, (_, i) => {
    const [from, to] = [(i * full) / side, ((i + 1) * full) / side];
    const first = Math.floor(from);
    return Array.from({ length: Math.ceil(to) - first }, (_, k) => {
      const at = first + k;
      return { at, share: (Math.min(to, at + 1) - Math.max(from, at)) * (side / full) };
    });
  });
}

function padded(image: Uint8Array, { height, width, channels, full }: Geometry): Uint8Array {
  if (height === width) return image;
  const square = new Uint8Array(full * full * channels);
  const [top, left] = [Math.floor((full - height) / 2), Math.floor((full - width) / 2)];
  for (let y = 0; y < height; y++) {
    const row = image.subarray(y * width * channels, (y + 1) * width * channels);
    square.set(row, ((top + y) * full + left) * channels);
  }
  return square;
}

/** Mean over what each pixel of the smaller image covers, parts of pixels by their share. */
function reduced(image: Uint8Array, { channels, full, side, along }: Geometry): Uint8Array {
  if (full === side) return image;
  const small = new Uint8Array(side * side * channels);
  along.forEach((rows, y) => {
    along.forEach((columns, x) => {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (const row of rows) {
          for (const column of columns) {
            sum += row.share * column.share * (image[(row.at * full + column.at) * channels + c] ?? 0);
          }
        }
        small[(y * side + x) * channels + c] = Math.round(sum);
      }
    });
  });
  return small;
}

function turned(image: Uint8Array, side: number, channels: number): Uint8Array {
  const into = new Uint8Array(image.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      for (let c = 0; c < channels; c++)
        into[(x * side + y) * channels + c] = image[(y * side + x) * channels + c] ?? 0;
    }
  }
  return into;
}

/** Whether a colour set has no colour in it. */
function isGrey(parts: readonly Labelled[]): boolean {
  return parts.every(({ channels, pixels }) => {
    if (channels === 1) return true;
    for (let i = 0; i < pixels.length; i += 3) {
      if (pixels[i] !== pixels[i + 1] || pixels[i] !== pixels[i + 2]) return false;
    }
    return true;
  });
}

/** Images of a part, in their order. */
interface Chosen {
  readonly merged: Merged;
  /** Of all of the merged images, from 0. */
  readonly labels: Int32Array;
  readonly order: Order;
}

function chosen(merged: Merged, labels: Int32Array, order: Order, least: number): Chosen {
  if (order.length < least) refuse('set.few', { images: order.length, least });
  return { merged, labels, order };
}

class Assembly {
  readonly notes: FileNote[];
  private readonly geometry: Geometry;
  private readonly channels: 1 | 3;
  private black = 0;

  constructor(
    private readonly read: FilesRead,
    private readonly choices: Choices,
  ) {
    this.notes = [...read.notes];
    const { height, width, channels, file } = requireOneShape(read.parts);
    const full = Math.max(height, width);
    const side = Math.min(full, dataLimits.imageSide.max);
    this.geometry = { height, width, channels, full, side, along: coverOf(full, side) };
    this.channels = channels === 3 && isGrey(read.parts) ? 1 : channels;
    if (this.channels !== channels) this.note('note.greyInColour', {});
    if (height !== width) this.note('note.padded', { height, width, side: full });
    const images = read.parts.reduce((sum, { labels }) => sum + labels.length, 0);
    if (side < full) this.note('note.resized', { count: images, side, example: file });
    if (choices.isTurned) this.note('note.turned', { file });
    const bytes = images * side * side * this.channels;
    if (bytes > dataLimits.imageBytes) refuse('set.large', { images, bytes, limit: dataLimits.imageBytes });
  }

  private note<C extends FileNote['code']>(code: C, values: Extract<FileNote, { code: C }>['values']): void {
    this.notes.push({ code, values } as FileNote);
  }

  private of(split: Split): Merged {
    return new Merged(this.read.parts.filter((part) => part.split === split));
  }

  result(): AssembledSet {
    const classes = this.classes();
    const { train, test } = this.splits(classes.names.length, classes.first);
    const { side } = this.geometry;
    const room = roomFor(side, this.channels, train.order.length, test.order.length);
    this.fill(room.train, train);
    this.fill(room.test, test);
    if (this.black > 0) this.note('note.black', { count: this.black });
    return {
      side,
      channels: this.channels,
      classes: classes.names,
      ...room,
      notes: this.notes,
    };
  }

  /** Names by label, and the label that counts as the first. */
  private classes(): { readonly names: readonly string[]; readonly first: number } {
    const [part] = this.read.parts;
    const file = part?.file ?? '';
    const present = new Set<number>();
    for (const { file: own, labels } of this.read.parts) {
      labels.forEach((label, index) => {
        if (label < 0) refuse('set.negative', { file: own, index, label });
        present.add(label);
      });
    }
    let [least, most] = [Number.POSITIVE_INFINITY, 0];
    for (const label of present) [least, most] = [Math.min(least, label), Math.max(most, label)];
    const { classes: given } = this.read;
    // Names for 0 as well say that the labels are meant as they are.
    const first = least === 1 && !(given && given.length > most) ? 1 : 0;
    const count = Math.max(given?.length ?? 0, most - first + 1);
    if (present.size < 2) refuse('set.oneClass', { file, name: given?.[least - first] ?? String(least) });
    if (count > dataLimits.classes.max)
      refuse('set.tooManyClasses', { file, classes: count, limit: dataLimits.classes.max });
    if (first > 0) this.note('note.labelsFrom', { first });
    if (!given) this.note('note.noNames', { classes: count });
    const names = Array.from({ length: count }, (_, label) => given?.[label] ?? String(label + first));
    const empty = names.filter((_, label) => !present.has(label + first));
    if (empty.length > 0) this.note('note.emptyClasses', { names: empty.slice(0, 5).join(', ') });
    return { names, first };
  }

  private splits(classes: number, first: number): Readonly<Record<'train' | 'test', Chosen>> {
    const [train, test, validation, all] = (['train', 'test', 'validation', 'all'] as const).map((s) => this.of(s));
    const shifted = (merged: Merged) => merged.labels.map((label) => label - first);
    const held = test && test.count > 0 ? test : validation;
    if (train && held && train.count > 0 && held.count > 0) {
      if (validation && held === test && validation.count > 0)
        this.note('note.validation', { count: validation.count });
      const [own, other] = [shifted(train), shifted(held)];
      return {
        train: chosen(train, own, interleave(byClass(own, classes, 'train'), 'train'), dataLimits.fewest.train),
        test: chosen(held, other, interleave(byClass(other, classes, 'test'), 'test'), dataLimits.fewest.test),
      };
    }
    const only = [all, train, test, validation].find((merged) => merged && merged.count > 0);
    if (!only) return refuse('set.noImages', { file: this.read.title });
    const labels = shifted(only);
    const members = byClass(labels, classes, 'split');
    const tests = members.map((own) =>
      own.slice(0, Math.max(own.length > 1 ? 1 : 0, Math.round(own.length * TEST_SHARE))),
    );
    const trains = members.map((own, label) => own.slice(tests[label]?.length ?? 0));
    this.note('note.split', { share: TEST_SHARE });
    return {
      train: chosen(only, labels, interleave(trains, 'train'), dataLimits.fewest.train),
      test: chosen(only, labels, interleave(tests, 'test'), dataLimits.fewest.test),
    };
  }

  private fill(into: Part, { merged, labels, order }: Chosen): void {
    const bytes = this.geometry.side ** 2 * this.channels;
    for (const [i, index] of order.entries()) {
      into.pixels.set(this.image(merged.image(index)), i * bytes);
      into.labels[i] = labels[index] ?? 0;
    }
  }

  private image(found: Uint8Array): Uint8Array {
    const { channels, side } = this.geometry;
    let image = reduced(padded(found, this.geometry), this.geometry);
    if (channels === 3 && this.channels === 1) image = image.filter((_, i) => i % 3 === 0);
    if (this.choices.isTurned) image = turned(image, side, this.channels);
    if (this.choices.isInverted) image = image.map((level) => 255 - level);
    if (image.every((level) => level === 0)) this.black++;
    return image;
  }
}

/**
 * Makes a data set.
 *
 * @throws FileProblemError where the files do not agree, or there are too few or too many classes or images
 */
export function assemble(read: FilesRead, choices: Choices): AssembledSet {
  return new Assembly(read, choices).result();
}
