/** The same small pictures in each shape that CIFAR-10 is found in, for tests: made here, as CIFAR-10 itself is not ours to publish. */
import { crc32, deflateSync } from 'node:zlib';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { packTar } from 'modern-tar';
import { bytesOf, gzipped, joined, npy, textBytes } from './madeUp.ts';

const SIDE = 32;
const AREA = SIDE * SIDE;
const classes = ['airplane', 'cat', 'ship'];

/** Images of each class in a part. */
export const madeUpCounts = { train: 80, test: 10 } as const;

/** What every reader, in the page and on the command line, names the images by. */
export const madeUpId = '774789be4dd7e39c';

type Split = keyof typeof madeUpCounts;
type Bytes = Uint8Array<ArrayBuffer>;

interface Picture {
  readonly label: number;
  /** In its class. */
  readonly number: number;
  /** [32, 32, 3] */
  readonly pixels: Bytes;
}

function picturesOf(split: Split): Picture[] {
  return Array.from({ length: madeUpCounts[split] * classes.length }, (_, i) => {
    const [label, number] = [i % classes.length, Math.floor(i / classes.length)];
    const from = split === 'train' ? i : i + 1000;
    const pixels = Uint8Array.from({ length: 3 * AREA }, (_, at) => (from * 37 + at * (at % 11) + (at % 3) * 50) % 256);
    return { label, number, pixels };
  });
}

/** Channel by channel. */
const planesOf = ({ pixels }: Picture) =>
  Uint8Array.from({ length: 3 * AREA }, (_, i) => pixels[3 * (i % AREA) + Math.floor(i / AREA)] ?? 0);

const parts = { train: picturesOf('train'), test: picturesOf('test') };
const batchNames = { train: 'data_batch_1', test: 'test_batch' } as const;
const splits = ['train', 'test'] as const;

function tar(contents: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const entries = Object.entries(contents);
  return packTar(entries.map(([name, body]) => ({ header: { name, size: body.length, type: 'file' as const }, body })));
}

async function zip(contents: Readonly<Record<string, Uint8Array>>, level: number): Promise<Bytes> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { level });
  for (const [name, content] of Object.entries(contents)) await writer.add(name, new Uint8ArrayReader(content));
  return (await writer.close()) as Bytes;
}

const uint32 = (value: number) => new Uint8Array(new Uint32Array([value]).buffer);

/** Opcodes of Python's pickles, protocol 2, as `pickletools` names them. */
const binunicode = (text: string) => joined(textBytes('X'), uint32(textBytes(text).length), textBytes(text));
const global = (module: string, name: string) => textBytes(`c${module}\n${name}\n`);
const binint = (value: number) => joined(textBytes('J'), new Uint8Array(new Int32Array([value]).buffer));
const [tuple1, tuple2, tuple3, isTrue, isFalse] = [0x85, 0x86, 0x87, 0x88, 0x89].map((op) => bytesOf(op)) as Bytes[];
const [reduce, build, mark, tuple, none] = [...'Rb(tN'].map(textBytes) as Bytes[];

/** Bytes, which protocol 2 writes as a text that is to be encoded. */
function pickledBytes(bytes: Uint8Array): Bytes {
  const latin = binunicode(Buffer.from(bytes).toString('latin1'));
  return pickled(global('_codecs', 'encode'), latin, binunicode('latin1'), tuple2, reduce);
}

const pickled = (...ops: readonly (Uint8Array | undefined)[]) => joined(...ops.filter((op) => op !== undefined));

function pickledArray(content: Uint8Array, rows: number): Bytes {
  const empty = pickled(global('numpy.core.multiarray', '_reconstruct'), global('numpy', 'ndarray'), binint(0), tuple1);
  const type = pickled(global('numpy', 'dtype'), binunicode('u1'), isFalse, isTrue, tuple3, reduce);
  const ofType = pickled(mark, binint(3), binunicode('|'), none, none, none, binint(-1), binint(-1), binint(0), tuple);
  const shape = pickled(binint(rows), binint(3 * AREA), tuple2);
  const state = pickled(mark, binint(1), shape, type, ofType, build, isFalse, pickledBytes(content), tuple);
  return pickled(empty, pickledBytes(textBytes('b')), tuple3, reduce, state, build);
}

function pickledDictionary(entries: Readonly<Record<string, Uint8Array>>): Bytes {
  const items = Object.entries(entries).flatMap(([key, value]) => [binunicode(key), value]);
  return pickled(bytesOf(0x80, 2), textBytes('}'), mark, ...items, textBytes('u'), textBytes('.'));
}

const pickledList = (items: readonly Uint8Array[]) => pickled(textBytes(']'), mark, ...items, textBytes('e'));

function png({ pixels }: Picture): Bytes {
  const chunk = (kind: string, content: Uint8Array) => {
    const named = joined(textBytes(kind), content);
    return joined(uint32(content.length).reverse(), named, uint32(crc32(named)).reverse());
  };
  const size = uint32(SIDE).reverse();
  const rows = Array.from({ length: SIDE }, (_, row) =>
    joined(bytesOf(0), pixels.subarray(3 * SIDE * row, 3 * SIDE * (row + 1))),
  );
  const header = chunk('IHDR', joined(size, size, bytesOf(8, 2, 0, 0, 0)));
  const signature = joined(bytesOf(0x89), textBytes('PNG\r\n'), bytesOf(0x1a, 0x0a));
  return joined(signature, header, chunk('IDAT', deflateSync(joined(...rows))), chunk('IEND', new Uint8Array()));
}

const inBinary = (pictures: readonly Picture[]) =>
  joined(...pictures.map((picture) => joined(bytesOf(picture.label), planesOf(picture))));

const inPython = (pictures: readonly Picture[]) =>
  pickledDictionary({
    data: pickledArray(joined(...pictures.map(planesOf)), pictures.length),
    labels: pickledList(pictures.map(({ label }) => binint(label))),
  });

function bothParts<T>(of: (split: Split) => Readonly<Record<string, T>>): Record<string, T> {
  return Object.assign({}, ...splits.map(of));
}

/** Beside the data lies a page that leads to its makers. */
const readme = {
  'cifar/readme.html': textBytes('<html><meta http-equiv="refresh" content="0; url=cifar.html"></html>'),
};

/** Archives by what they are called. All hold the same images in the same order. */
export async function madeUpCifar(): Promise<Record<string, Uint8Array>> {
  const binary = await tar({
    'cifar/batches.meta.txt': textBytes(`${classes.join('\n')}\n`),
    ...bothParts((split) => ({ [`cifar/${batchNames[split]}.bin`]: inBinary(parts[split]) })),
    ...readme,
  });
  const python = await tar({
    'cifar/batches.meta': pickledDictionary({ label_names: pickledList(classes.map(binunicode)) }),
    ...bothParts((split) => ({ [`cifar/${batchNames[split]}`]: inPython(parts[split]) })),
    ...readme,
  });
  const arrays = bothParts((split) => {
    const pictures = parts[split];
    const pixels = joined(...pictures.map((picture) => picture.pixels));
    return {
      [`x_${split}.npy`]: npy('|u1', [pictures.length, SIDE, SIDE, 3], pixels),
      [`y_${split}.npy`]: npy(
        '|u1',
        [pictures.length],
        Uint8Array.from(pictures, ({ label }) => label),
      ),
    };
  });
  const pictures = bothParts((split) =>
    Object.fromEntries(parts[split].map((each) => [`${split}/${classes[each.label]}/${each.number}.png`, png(each)])),
  );
  return {
    'binary.tar.gz': gzipped(binary),
    'python.tar.gz': gzipped(python),
    'arrays.npz': await zip(arrays, 0),
    'pictures.zip': await zip(pictures, 6),
  };
}
