/**
 * NumPy's own file of an array. Source: numpy.lib.format, "Format specification", versions 1 to 3. And arrays as NumPy describes their numbers
 * anywhere: `<u2` is 16 bits, unsigned, the lowest byte first.
 */
import { refuse } from '../../experiment/fileProblem.ts';
import type { NamedArray, NumberArray } from './namedArray.ts';

type Make = new (buffer: ArrayBuffer) => NumberArray;

const types: Readonly<Record<string, Make>> = {
  u1: Uint8Array,
  b1: Uint8Array,
  i1: Int8Array,
  u2: Uint16Array,
  i2: Int16Array,
  u4: Uint32Array,
  i4: Int32Array,
  u8: BigUint64Array,
  i8: BigInt64Array,
  f4: Float32Array,
  f8: Float64Array,
};

export interface Described {
  readonly file: string;
  /** As NumPy writes it: `|u1`, `<f4`. */
  readonly type: string;
  readonly shape: readonly number[];
  readonly isFortran: boolean;
  readonly content: Uint8Array;
}

/**
 * The numbers that NumPy describes.
 *
 * @throws FileProblemError where they are of a type or in an order that is not read, or not as many as they should be
 */
export function numbersOf({ file, type, shape, isFortran, content }: Described): NamedArray {
  const Numbers = types[type.replace(/^[<>=|]/, '')];
  if (!Numbers) return refuse('array.numbers', { file, type });
  if (isFortran && shape.filter((each) => each > 1).length > 1) refuse('array.order', { file });
  const width = Number(type.at(-1));
  const length = shape.reduce((product, each) => product * each, 1);
  if (content.length !== length * width) {
    refuse('file.length', { file, expected: length * width, found: content.length });
  }
  if (width === 1) return { file, shape, values: types.i1 === Numbers ? new Int8Array(content) : content };
  const copy = content.slice();
  if (type.startsWith('>')) for (let i = 0; i < copy.length; i += width) copy.subarray(i, i + width).reverse();
  return { file, shape, values: new Numbers(copy.buffer as ArrayBuffer) };
}

/** @throws FileProblemError where it is no whole .npy file of numbers */
export function readNpy(file: string, bytes: Uint8Array): NamedArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFirst = bytes[6] === 1;
  const start = isFirst ? 10 : 12;
  if (bytes.length < start) refuse('array.header', { file });
  const length = isFirst ? view.getUint16(8, true) : view.getUint32(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  const type = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const shape = /'shape':\s*\(([\d,\sL]*)\)/.exec(header)?.[1];
  if (type === undefined || shape === undefined) return refuse('array.header', { file });
  return numbersOf({
    file,
    type,
    shape: (shape.match(/\d+/g) ?? []).map(Number),
    isFortran: /'fortran_order':\s*True/.test(header),
    content: bytes.subarray(start + length),
  });
}
