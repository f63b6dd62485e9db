import { existsSync, openAsBlob } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { FileProblemError } from '../../experiment/fileProblem.ts';
import { fileSentence } from '../../messages/fileSentence.ts';
import { assemble, type Choices, usualChoices } from './assemble.ts';
import { listClassFolders } from './classFolders.ts';
import {
  bytesOf,
  cifarBinary,
  file,
  gzipped,
  idx,
  joined,
  levelImages,
  npy,
  planes,
  roundRobin,
  textBytes,
} from './madeUp.ts';
import { pictureHeader } from './pictureHeader.ts';
import type { Decode } from './pictures.ts';
import { readFiles } from './readFiles.ts';
import { fileOfBlob, type SourceFile } from './sourceFile.ts';
import { unpack } from './unpack.ts';

/** Stands in for a browser: a picture's level is its last byte, and 13 is damaged. */
const decode: Decode = async (bytes, _header, side) => {
  const level = bytes.at(-1) ?? 0;
  if (level === 13) throw new Error('damaged');
  return new Uint8ClampedArray(side * side * 4).map((_, i) => (i % 4 === 3 ? 255 : level + (i % 4)));
};

const read = (files: readonly SourceFile[]) => readFiles(files, { decode });

async function made(files: readonly SourceFile[], choices: Partial<Choices> = {}) {
  const found = await read(files);
  return assemble(found, { ...usualChoices(found), ...choices });
}

/** The sentence about files that cannot be read. */
async function refusal(...files: readonly SourceFile[]): Promise<string> {
  const error = await made(files).then(
    () => null,
    (problem: unknown) => problem,
  );
  if (!(error instanceof FileProblemError)) throw error ?? new Error('nothing was refused');
  return fileSentence(error.problem);
}

const notesOf = ({ notes }: { readonly notes: readonly { readonly code: string }[] }) => notes.map(({ code }) => code);

const side = 8;
const train = 20;
const test = 4;

/** MNIST's four files, in small: 20 and 4 images of levels 1, 2, …, with labels 0, 1, 0, 1, … */
function mnist(rename = (name: string) => name, wrap = (bytes: Uint8Array): Uint8Array => bytes): SourceFile[] {
  const part = (name: string, count: number) => [
    file(rename(`${name}-images-idx3-ubyte`), wrap(idx([count, side, side], levelImages(count, side * side)))),
    file(rename(`${name}-labels-idx1-ubyte`), wrap(idx([count], roundRobin(count, 2)))),
  ];
  return [...part('train', train), ...part('t10k', test)];
}

/** Levels of the images by their labels: which image has which label, whatever their order. */
function levelsByLabel({ labels, pixels }: { readonly labels: Uint8Array; readonly pixels: Uint8Array }): number[][] {
  const bytes = pixels.length / labels.length;
  const levels: number[][] = [];
  labels.forEach((label, i) => {
    levels[label] = [...(levels[label] ?? []), pixels[i * bytes] ?? 0].sort((a, b) => a - b);
  });
  return levels;
}

async function zip(contents: Readonly<Record<string, Uint8Array | string>>, options = {}): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), options);
  for (const [name, content] of Object.entries(contents)) {
    await writer.add(name, typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(content));
  }
  return writer.close();
}

const tar = (contents: Readonly<Record<string, Uint8Array>>) =>
  packTar(
    Object.entries(contents).map(([name, body]) => ({
      header: { name, size: body.length, type: 'file' as const },
      body,
    })),
  );

/** A PNG as far as its header goes, and its level. */
function png(level: number, { width = side, height = side, depth = 8, colour = 2 } = {}): Uint8Array<ArrayBuffer> {
  const size = bytesOf(0, 0, 0, width, 0, 0, 0, height);
  const header = joined(bytesOf(0x89), textBytes('PNG\r\n'), bytesOf(0x1a, 10, 0, 0, 0, 13), textBytes('IHDR'), size);
  return joined(header, bytesOf(depth, colour, 0, 0, 0, 0, 0, 0, 0, level));
}

function jpeg(level: number, components: number): Uint8Array<ArrayBuffer> {
  const frame = bytesOf(0xff, 0xc0, 0, 17, 8, 0, side, 0, side, components);
  return joined(bytesOf(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2), frame, bytesOf(level));
}

/** 12 pictures of each of two classes. */
function folders(prefix = ''): Record<string, Uint8Array> {
  const names = ['cat', 'dog'].flatMap((name, label) =>
    Array.from({ length: 12 }, (_, i): [string, Uint8Array] => [
      `${prefix}${name}/${i}.png`,
      png(100 * label + 20 + i),
    ]),
  );
  return Object.fromEntries(names);
}

const filesOf = (contents: Readonly<Record<string, Uint8Array>>) =>
  Object.entries(contents).map(([path, bytes]) => file(path, bytes));

describe('IDX files', () => {
  const expected = [
    [1, 3, 5, 7, 9, 11, 13, 15, 17, 19],
    [2, 4, 6, 8, 10, 12, 14, 16, 18, 20],
  ];

  it.each([
    ['as they are', mnist()],
    ['gzipped', mnist((name) => `${name}.gz`, gzipped)],
    ['gzipped under plain names', mnist(undefined, gzipped)],
    ['plain under names of gzip', mnist((name) => `${name}.gz`)],
    ['with a dot, each in a folder of its name', mnist((name) => `${name.replace('-idx', '.idx')}/${name}`)],
  ])('are read %s', async (_, files) => {
    const set = await made(files);
    expect(set).toMatchObject({ side, channels: 1, classes: ['0', '1'] });
    expect(levelsByLabel(set.train)).toEqual(expected);
    expect(levelsByLabel(set.test)).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it('are told by their content where images and labels have changed names', async () => {
    const swapped = (name: string) =>
      name.replace(/images|labels/, (word) => (word === 'images' ? 'labels' : 'images'));
    expect(levelsByLabel((await made(mnist(swapped))).train)).toEqual(expected);
  });

  it('may come in a zip of gzipped files', async () => {
    const contents: Record<string, Uint8Array> = {};
    for (const each of mnist((name) => `${name}.gz`, gzipped)) contents[each.path] = await each.bytes();
    expect(levelsByLabel((await made([file('mnist.zip', await zip(contents))])).train)).toEqual(expected);
  });

  it('have labels from 1 where EMNIST letters do, and are turned back', async () => {
    const images = Uint8Array.from({ length: 26 * side * side }, (_, i) => (i % (side * side)) + 1);
    const set = await made([
      file('emnist-letters-train-images-idx3-ubyte', idx([26, side, side], images)),
      file('emnist-letters-train-labels-idx1-ubyte', idx([26], roundRobin(26, 13, 1))),
    ]);
    expect(set.classes).toEqual(Array.from({ length: 13 }, (_, i) => String(i + 1)));
    expect([...set.train.pixels.subarray(0, 3)]).toEqual([1, 1 + side, 1 + 2 * side]);
    expect(notesOf(set)).toEqual(['note.turned', 'note.labelsFrom', 'note.noNames', 'note.split']);
  });

  it('may have colour in a fourth dimension', async () => {
    const pixels = Uint8Array.from({ length: 12 * side * side * 3 }, (_, i) => 10 + (i % 3));
    const set = await made([
      file('images', idx([12, side, side, 3], pixels)),
      file('labels', idx([12], roundRobin(12, 2))),
    ]);
    expect(set.channels).toBe(3);
    expect([...set.train.pixels.subarray(0, 4)]).toEqual([10, 11, 12, 10]);
  });
});

describe('CIFAR', () => {
  const labels = Array.from({ length: 12 }, (_, i) => [i % 3]);
  const first = [1, 2, 3];

  it.each([
    ['10', labels, 'data_batch_1.bin'],
    ['100, by its fine labels', labels.map(([label = 0]) => [label + 10, label]), 'train.bin'],
  ])('-%s is read from its binary version', async (_, rows, name) => {
    const archive = await tar({
      [`cifar/${name}`]: cifarBinary(rows),
      'cifar/test_batch.bin': cifarBinary(rows.slice(0, 3)),
      'cifar/batches.meta.txt': textBytes('cat\ndog\nship\n\n'),
    });
    const found = await read([file('cifar-binary.tar.gz', gzipped(archive))]);
    expect(found.classes).toEqual(['cat', 'dog', 'ship']);
    const batch = found.parts.find(({ split }) => split === 'train');
    expect([...(batch?.pixels.subarray(0, 6) ?? [])]).toEqual([...first, ...first]);
    expect([...(batch?.labels ?? [])]).toEqual(labels.flat());
    const set = assemble(found, usualChoices(found));
    expect(levelsByLabel(set.train)).toEqual([
      [1, 31, 61, 91],
      [11, 41, 71, 101],
      [21, 51, 81, 111],
    ]);
  });

  it('is read whatever documents lie beside it', async () => {
    const documents = { 'cifar/readme.html': textBytes('<html></html>'), 'cifar/LICENSE.pdf': textBytes('%PDF-1.4') };
    const archive = await tar({ ...documents, 'cifar/data_batch_1.bin': cifarBinary(labels) });
    const found = await read([file('cifar.tar', archive)]);
    expect(found.parts[0]?.labels).toHaveLength(labels.length);
    expect(found.notes).toEqual([
      { code: 'note.skipped', values: { count: 2, example: 'cifar.tar/cifar/LICENSE.pdf' } },
    ]);
    const alone = await tar(documents);
    expect(await refusal(file('cifar.tar', alone))).toMatch(
      /^cifar\.tar\/cifar\/LICENSE\.pdf is a PDF, which is not read/,
    );
  });

  it('is read where its first image, under a label that is a tab, looks like text', async () => {
    const bright = new Uint8Array(3072).fill(65);
    const { parts } = await read([file('data_batch_1.bin', bytesOf(9), bright, bytesOf(0), bright)]);
    expect(parts.map((part) => [...part.labels])).toEqual([[9, 0]]);
  });

  // Written by pickle.dumps of a dictionary with a NumPy array, and, for Python 2, by hand after pickletools.
  const pickles = {
    'protocol 2':
      'H4sIAAAAAAACA+3ZyW7CMBAGYCdsJUD3ha7qMadIvEajcsjJF4Qcx4VIwfAnzgGplXoplKduTeAtMt9hPJrxzAvMt/sF5vMmYywRRsCRulys1oFc5ipYlJlJRZ6LtTfNlVzqwuSlNB7cwy9PJ4cuGiH7QVNO5TJRsvCU3iceWtyxi2O0edu+mTCpHqGzwUmE7hZehJ4fOqH7zvob9I87E7Ne2dEBd+1IOcLp7neLswjnftio1n3iYjwev/1ZVQiZwWW8m7c4GzLmEEJqyyWE1FaDEFJbPUJIbfUJIbU1IITUFq7mnQ2uI9wY3MbHu0OssgJ3Ewz35wameG9/lRBGzqdVD/d8YCtGFSbVs9eqgwfetbWPNFNaLFSBxwmefN6yNRGs9AzPVR5X+Ysqg3/1v914ShkAAA==',
    'protocol 4':
      'H4sIAAAAAAACA+3Zz0rDQBAG8E3aKNL0KHj02FPAV9CbwRy8S9lN1jaQbMNm9xBQ8OKfwtz6+Y6+hdbtY+z8DjMwfANzn7f598+VCF6xonkjnQRdGt8PU1HvrC5637lWWisnUL62ut6Z0VlfOxxAWQiCzk1zihxQinfcJQqfeMSqTMr0QeQf2GaUNW4a9P9W6m+w/zoFZpS8oKqq+9+jUErhoPa34nhWwhiLVsoYi9aMMRatBWMsWjljLFpLxli04KDorJNKdyOewjtBaFoo6ertOoxBS6dH15rNdZiCLp7bThvZ67BBmSwGswFlKnTtiz9cIyMZ8xgAAA==',
    'protocol 5':
      'H4sIAAAAAAACA+3ZsWrDMBAGYNmJC8XJ0qljR0+GPkO3mHjIXoLknFOD7RhHHgItZEpbuC3XPlffqBWib6H/G3TiuB9uv3Py9XOvvDfJeL7TVgvf9VM3nPLqMFLuvjQ2lXC6rcdDZ6a6plGukn2r/2AEAMGKASBYMwAIVgoAwVoAQLCWABAs4cTfC1zd2dNAchWOp0f5/HiXjWTFjKNXKcty9ev4p1BWTBGv1eIiHD2JdXN802pD7VGeXSQqFHFqtK1etr4tvLR0tE2/f/Bd4du6aanXHfkEJzof+r1bwfhKU/4H4gadINsYAAA=',
    'keys of bytes':
      'H4sIAAAAAAACA+3Zy26CQBQG4AG1rai9X+zdXsOKxNcoqYtZsTFmgKmQKPrDsDBpk26q9anbAX0LzreYnHD+OcP+fJtfYHYwCmahDDJLJkVhwfDqjLFQKAHT29HlRKg46aO2RJ2jEST5dL5wglkqnWk+UbFIU7GwRqkMZkmm0jxQFnY2KSsJN13suuwHe5HhGXqgj2akp1kcrRXaHB3bNVzznbWX2N9eDNVirv/lwDN1Pu/jcP27whHHse3WyhmfOBkMBm9/Wnm4TOHUX+sXWJcxgxBSWSYhpLJqhJDKahFCKqtNCKmsDiGksnBWLBjOOS4Uun5kbPcYvpxkuCxaVxzXQ9wUiwcmdb9VrCWECqJRmcJtEbrjuPc6uqNkpuJk3CsT6Ol8U3/9iCcyEVOZ4aFIP3I8DfFsew3dE848GeOlrP2yfpW58w8f4k3lchkAAA==',
    'Python 2':
      'H4sIAAAAAAACA+3ZsU7DMBAGYNtpCqRlY+iYMVOkvAYWGRA3VpXtuCVS4sSOPUQCiQUQTw1tylv4vuFO+u9/g/tg75YWsGqEF5YpE/pxLtXgdNmHzrfCOTFnB6fVYCbvgvKZTa6tzDTXq11x8glUfj/btOCUsyey/frvNH4edWbXwELFCafnzk3BE6BvdV0//p4tgxMvf17IjhCKEIoWQwhFK0EIRWuDEIrWFiEUrXuEULS8hHUnpO6mvb29fBOIho0UXr0elhgevJ58a075EuZVPhzzCu6ObaeN6PW0LyAV5WhOkMrL0qH8AwZCVKrkGAAA',
  };

  it.each(Object.entries(pickles))('is read from pickles as %s wrote them', async (_, packed) => {
    const batch = new Uint8Array(gunzipSync(Buffer.from(packed, 'base64')));
    const { parts } = await read([file('test_batch', batch)]);
    expect(parts).toHaveLength(1);
    expect([...(parts[0]?.labels ?? [])]).toEqual([1, 0]);
    const pixels = parts[0]?.pixels ?? new Uint8Array();
    expect([...pixels.subarray(0, 4), ...pixels.subarray(-3)]).toEqual([1, 2, 3, 1, 11, 12, 13]);
  });

  it('is named by its pickled table', async () => {
    const packed =
      'H4sIAAAAAAACA2tgqtUIFc4rzY1PTixOLY4vSC2KT0osSc7wFVAP5c5JTErNic9LzE0tjtUIZU5OLAllTslPTy3VAwC9vsypOAAAAA==';
    const meta = new Uint8Array(gunzipSync(Buffer.from(packed, 'base64')));
    const batch = new Uint8Array(gunzipSync(Buffer.from(pickles['protocol 2'], 'base64')));
    expect((await read([file('batches.meta', meta), file('data_batch_1', batch)])).classes).toEqual(['cat', 'dog']);
  });

  it('runs nothing that a pickle asks for', async () => {
    const packed = 'H4sIAAAAAAACA2tgSi7IL86s4CquLC5JzeUqZIhgZ2BgSE3OyFfIyCxkbC1kCipk1gMAELq3mScAAAA=';
    const evil = new Uint8Array(gunzipSync(Buffer.from(packed, 'base64')));
    expect(await refusal(file('data_batch_1', evil))).toMatch(/data_batch_1 asks Python to run “posix\.system”/);
  });
});

describe('.npz', () => {
  const images = npy('|u1', [train, side, side], levelImages(train, side * side));
  const labels = npy('<i8', [train], new Uint8Array(BigInt64Array.from(roundRobin(train, 2), BigInt).buffer));

  it('has MNIST’s layout', async () => {
    const npz = await zip({
      'x_train.npy': images,
      'y_train.npy': labels,
      'x_test.npy': npy('|u1', [2, side, side], levelImages(2, side * side)),
      'y_test.npy': npy('|u1', [2], bytesOf(0, 1)),
    });
    const set = await made([file('mnist.npz', npz)]);
    expect(levelsByLabel(set.train)[1]).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
    expect(levelsByLabel(set.test)).toEqual([[1], [2]]);
  });

  it('has MedMNIST’s layout, whose validation images are left out', async () => {
    const part = (name: string, count: number) => ({
      [`${name}_images.npy`]: npy('|u1', [count, side, side, 3], levelImages(count, side * side * 3)),
      [`${name}_labels.npy`]: npy('|u1', [count, 1], roundRobin(count, 2)),
    });
    const npz = await zip({ ...part('train', train), ...part('val', 4), ...part('test', 6) });
    const set = await made([file('bloodmnist.npz', npz)]);
    expect(set.train.labels).toHaveLength(train);
    expect(set.test.labels).toHaveLength(6);
    expect(notesOf(set)).toEqual(['note.greyInColour', 'note.noNames', 'note.validation']);
  });

  it('is an array a file in KMNIST’s layout, with floats of 0 to 1 and one-hot labels, too', async () => {
    const floats = new Uint8Array(Float32Array.from(levelImages(train, side * side), (level) => level / 255).buffer);
    const hot = Uint8Array.from(Array.from(roundRobin(train, 2)).flatMap((label) => [1 - label, label]));
    const set = await made([
      file('kmnist-train-imgs.npz', await zip({ 'arr_0.npy': npy('<f4', [train, side, side], floats) })),
      file('kmnist-train-labels.npz', await zip({ 'arr_0.npy': npy('|u1', [train, 2], hot) })),
    ]);
    expect(
      levelsByLabel(set.train)
        .flat()
        .concat(levelsByLabel(set.test).flat())
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: train }, (_, i) => i + 1));
    expect(notesOf(set)).toEqual(['note.scaled', 'note.noNames', 'note.split']);
  });
});

describe('class folders', () => {
  it.each([
    ['a folder', async () => filesOf(folders('pets/'))],
    [
      'a zip, with what a Mac leaves in it',
      async () => {
        const rubbish = { '__MACOSX/pets/cat/._0.png': png(1), 'pets/.DS_Store': textBytes('x') };
        return [file('pets.zip', await zip({ ...rubbish, ...folders('pets/') }))];
      },
    ],
  ])('are read from %s', async (_, files) => {
    const set = await made(await files());
    expect(set).toMatchObject({ side, channels: 3, classes: ['cat', 'dog'] });
    // A sixth of each class is for the test.
    expect([set.train.labels.length, set.test.labels.length]).toEqual([20, 4]);
    const levels = [0, 1].map((label) => [
      ...(levelsByLabel(set.train)[label] ?? []),
      ...(levelsByLabel(set.test)[label] ?? []),
    ]);
    expect(levels.map((own) => own.sort((a, b) => a - b))).toEqual(
      [20, 120].map((from) => Array.from({ length: 12 }, (_, i) => from + i)),
    );
    expect(notesOf(set)).toEqual(['note.split']);
  });

  it('keep the parts that they are in', async () => {
    const tests = { 'd/test/cat/1.png': png(40), 'd/test/dog/1.png': png(140) };
    const set = await made(filesOf({ ...folders('d/train/'), ...tests }));
    expect(levelsByLabel(set.test)).toEqual([[40], [140]]);
    expect(set.train.labels).toHaveLength(24);
  });

  it('say which pictures were made to fit, and leave out those that are damaged', async () => {
    const odd = {
      'cat/wide.png': png(50, { width: 20 }),
      'cat/deep.png': png(51, { depth: 16 }),
      'dog/clear.png': png(52, { colour: 6 }),
      'dog/print.jpg': jpeg(53, 4),
      'dog/broken.png': png(13),
      'dog/html.png': textBytes('<html>'),
      'dog/list.txt': textBytes('broken.png'),
    };
    const set = await made(filesOf({ ...folders(), ...odd }));
    expect(set.train.labels.length + set.test.labels.length).toBe(28);
    expect(notesOf(set).toSorted()).toEqual([
      'note.alpha',
      'note.cmyk',
      'note.damaged',
      'note.deep',
      'note.resized',
      'note.skipped',
      'note.split',
    ]);
    expect(set.notes).toContainEqual({ code: 'note.damaged', values: { count: 2, example: 'dog/broken.png' } });
  });
});

/** CIFAR-10 as 60,000 JPEGs in class folders, which is not ours to publish; `CIFAR10_JPEG` names another place. */
const cifar10 = process.env.CIFAR10_JPEG ?? '../shared/data/cifar10-jpeg.zip';

it('CIFAR-10 as JPEGs is 5,000 and 1,000 of each of its ten classes', async ({ skip }) => {
  if (!existsSync(cifar10)) skip(`${cifar10} is missing: CIFAR-10 is not ours to publish.`);
  const { classes, pictures } = listClassFolders(await unpack([fileOfBlob('cifar10.zip', await openAsBlob(cifar10))]));
  expect(classes).toEqual('airplane automobile bird cat deer dog frog horse ship truck'.split(' '));
  for (const [split, each] of [
    ['train', 5000],
    ['test', 1000],
  ] as const) {
    const counts = classes.map((_, at) => pictures.filter((one) => one.split === split && one.label === at).length);
    expect(counts).toEqual(classes.map(() => each));
  }
  for (const { file: picture } of pictures.filter((_, i) => i % 500 === 0)) {
    const header = pictureHeader(await picture.bytes());
    expect(header).toMatchObject({ type: 'image/jpeg', width: 32, height: 32, isCmyk: false });
  }
});

describe('a data set', () => {
  it('is the same images in the same order, whatever it came in', async () => {
    const labels = Array.from({ length: 12 }, (_, i) => [i % 2]);
    const bytes = cifarBinary(labels);
    const pixels = joined(
      ...labels.map((_, image) => {
        const plane = planes(image);
        return Uint8Array.from({ length: 3072 }, (_, i) => plane[1024 * (i % 3)] ?? 0);
      }),
    );
    const npz = await zip({
      'images.npy': npy('|u1', [12, 32, 32, 3], pixels),
      'labels.npy': npy('|u1', [12], roundRobin(12, 2)),
    });
    const [binary, array] = await Promise.all([made([file('all.bin', bytes)]), made([file('all.npz', npz)])]);
    // A batch of CIFAR is training images unless it says otherwise; here both have one part.
    for (const part of ['train', 'test'] as const) {
      expect(array[part].labels).toEqual(binary[part].labels);
      expect(Buffer.compare(array[part].pixels, binary[part].pixels)).toBe(0);
    }
  });

  it('has its classes in their proportions from the beginning', async () => {
    const labels = Uint8Array.from({ length: 120 }, (_, i) => (i < 90 ? 0 : 1));
    const { train: part } = await made([
      file('images', idx([120, side, side], levelImages(120, side * side))),
      file('labels', idx([120], labels)),
    ]);
    const ones = (count: number) => part.labels.subarray(0, count).filter((label) => label === 1).length;
    expect([ones(20), ones(40), ones(100)]).toEqual([5, 10, 25]);
  });

  it('is made square, and no larger than 64 pixels, by means', async () => {
    const wide = Uint8Array.from({ length: 12 * 64 * 128 }, (_, i) => (i % 2 === 0 ? 100 : 50));
    const set = await made([file('images', idx([12, 64, 128], wide)), file('labels', idx([12], roundRobin(12, 2)))]);
    expect(set.side).toBe(64);
    // A quarter is black above, then the mean of 100 and 50.
    expect([set.train.pixels[15 * 64], set.train.pixels[16 * 64], set.train.pixels[47 * 64 + 63]]).toEqual([0, 75, 75]);
    expect(notesOf(set)).toEqual(expect.arrayContaining(['note.padded', 'note.resized']));
  });

  it('says how many of its images are black all over', async () => {
    const pixels = levelImages(12, side * side).fill(0, 0, 2 * side * side);
    const set = await made([
      file('images', idx([12, side, side], pixels)),
      file('labels', idx([12], roundRobin(12, 2))),
    ]);
    expect(set.notes).toContainEqual({ code: 'note.black', values: { count: 2 } });
  });

  it('may have dark and light exchanged', async () => {
    const set = await made(mnist(), { isInverted: true });
    expect(levelsByLabel(set.test)).toEqual([
      [252, 254],
      [251, 253],
    ]);
  });
});

describe('files that are broken', () => {
  const images = (shape = [train, side, side]) =>
    idx(
      shape,
      levelImages(
        shape[0] ?? 0,
        shape.slice(1).reduce((a, b) => a * b, 1),
      ),
    );
  const labels = (count = train, classes = 2) => idx([count], roundRobin(count, classes));
  const broken: Readonly<
    Record<string, readonly [() => readonly SourceFile[] | Promise<readonly SourceFile[]>, string]>
  > = {
    'an empty file': [() => [file('a.gz')], 'a.gz is empty: it has 0 bytes. Download it again.'],
    'a web page': [
      () => [file('train-images.gz', textBytes('<!DOCTYPE html><title>404</title>'))],
      'train-images.gz is a web page (33 bytes), not data: its download failed. Open its address in a browser, and save the file itself.',
    ],
    'a truncated gzip': [
      () => [file('a.gz', gzipped(images()).subarray(0, 60))],
      'a.gz does not decompress: it breaks off or is damaged after 1.11 KB of content. Download it again.',
    ],
    'a truncated IDX file': [
      () => [file('a', images().subarray(0, 100)), file('b', labels())],
      'a is cut off: its header asks for 1,296 bytes, and there are 100. Download it again.',
    ],
    'an IDX file of floats': [
      () => [file('a', idx([1, 2], new Uint8Array(8), 13))],
      'a is an IDX file of 32-bit floats; images and labels are unsigned bytes there.',
    ],
    'images without labels': [
      () => [file('a', images())],
      'a holds images, and no file holds their labels. Choose both together.',
    ],
    'labels without images': [
      () => [file('b', labels())],
      'b holds labels, and no file holds their images. Choose both together.',
    ],
    'another number of labels': [
      () => [file('a', images()), file('b', labels(19))],
      'a holds 20 images, but b holds 19 labels. They belong to different data sets, or one is cut off.',
    ],
    'too many classes': [
      () => [file('a', images([200, side, side])), file('b', labels(200, 101))],
      'a has 101 classes; at most 100 are possible. Leave some out.',
    ],
    'one class': [
      () => [file('a', images()), file('b', labels(train, 1))],
      'a: every image is of one class, “0”. There must be two at least to tell apart.',
    ],
    'images that are too small': [
      () => [file('a', images([train, 4, 4])), file('b', labels())],
      'The images are 4 pixels small; they need 8 at least.',
    ],
    'several data sets': [
      () => [...mnist((name) => `digits-${name}`), ...mnist((name) => `letters-${name}`)],
      'There is more than one data set: digits-t10k-images-idx3-ubyte, digits-train-images-idx3-ubyte, letters-t10k-images-idx3-ubyte, letters-train-images-idx3-ubyte. Choose the files of one.',
    ],
    'a truncated batch of CIFAR': [
      () => [file('data_batch_1.bin', cifarBinary([[1], [2]]).subarray(0, 4000))],
      'data_batch_1.bin is cut off: a record of CIFAR-10 has 3,073 bytes, one of CIFAR-100 3,074, and 4,000 are no whole number of either. Download it again.',
    ],
    'a pickle that ends too early': [
      () => [file('data_batch_1', bytesOf(0x80, 2, 0x7d, 0x55, 9, 100))],
      'data_batch_1 is damaged: as a Python pickle it ends or makes no sense at byte 5.',
    ],
    'several labels an image': [
      async () => [
        file(
          'a.npz',
          await zip({
            'train_images.npy': npy('|u1', [2, 8, 8], levelImages(2, 64)),
            'train_labels.npy': npy('|u1', [2, 3], bytesOf(1, 1, 0, 0, 0, 1)),
          }),
        ),
      ],
      'a.npz/train_labels.npy has 3 labels for each image. Networks here tell one class of each image.',
    ],
    volumes: [
      async () => [
        file(
          'a.npz',
          await zip({
            'x.npy': npy('|u1', [2, 8, 8, 8], levelImages(2, 512)),
            'y.npy': npy('|u1', [2], bytesOf(0, 1)),
          }),
        ),
      ],
      'a.npz/x.npy has the shape 2 × 8 × 8 × 8; images are count × height × width, with 1 or 3 channels behind or before height and width, and labels one a row.',
    ],
    'a truncated zip': [
      async () => [file('a.zip', (await zip(folders())).subarray(0, 300))],
      'a.zip cannot be opened: End of central directory not found. Download it again.',
    ],
    'a zip whose content has changed': [
      async () => {
        const changed = await zip({ a: images(), b: labels() }, { level: 0 });
        changed[100] = (changed[100] ?? 0) ^ 1;
        return [file('mnist.zip', changed)];
      },
      'mnist.zip/a cannot be opened: its checksum differs. Download it again.',
    ],
    'a zip with a password': [
      async () => [file('a.zip', await zip(folders(), { password: 'x', zipCrypto: true }))],
      'a.zip/cat/0.png is locked with a password. Unpack it first, and choose the folder.',
    ],
    'pictures side by side': [
      () => filesOf({ 'pets/1.png': png(1), 'pets/2.png': png(2) }),
      'pets has pictures of one class, “pets”. Put those of each class into a folder that has its name, two at least.',
    ],
    'hidden files alone': [() => [file('pets/.DS_Store', bytesOf(1))], '.DS_Store holds no files but hidden ones.'],
    'pictures that are all damaged': [
      () => filesOf({ 'a/1.png': png(13), 'b/2.png': png(13) }),
      'a/1.png and all other pictures are damaged, or no PNG, JPEG or WebP.',
    ],
    'a format that is not read': [
      () => [file('train.parquet', textBytes('PAR1xxxx'))],
      'train.parquet is a Parquet file, which is not read here. What is: IDX, CIFAR’s binary and Python archives, .npz, and PNG, JPEG or WebP pictures in folders of their classes.',
    ],
  };

  it.each(Object.entries(broken))(
    '%s: the sentence names the file and says what is wrong',
    async (_, [files, sentence]) => {
      expect(await refusal(...(await files()))).toBe(sentence);
    },
  );
});
