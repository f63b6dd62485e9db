/** What a file is by its first bytes, whatever it is called. */

export type FileKind =
  | 'empty'
  | 'gzip'
  | 'zip'
  | 'tar'
  | 'idx'
  | 'npy'
  | 'pickle'
  | 'picture'
  | 'webPage'
  | 'pointer'
  | 'text'
  | 'other'
  /** Known, and not read: its name. */
  | { readonly format: string };

const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0));

/** Beginnings of formats that are read. */
const read: readonly (readonly [FileKind, number, readonly number[]])[] = [
  ['gzip', 0, [0x1f, 0x8b]],
  ['zip', 0, ascii('PK\x03\x04')],
  ['zip', 0, ascii('PK\x05\x06')],
  ['tar', 257, ascii('ustar')],
  ['npy', 0, [0x93, ...ascii('NUMPY')]],
  ['picture', 0, [0x89, ...ascii('PNG\r\n')]],
  ['picture', 0, [0xff, 0xd8, 0xff]],
  ['picture', 8, ascii('WEBP')],
  ['pointer', 0, ascii('version https://git-lfs')],
];

/** Beginnings of formats that are not. */
const refused: readonly (readonly [string, number, readonly number[]])[] = [
  ['a GIF', 0, ascii('GIF8')],
  ['a BMP picture', 0, ascii('BM')],
  ['a TIFF picture', 0, ascii('II*\0')],
  ['a TIFF picture', 0, ascii('MM\0*')],
  ['a HEIC or AVIF picture', 4, ascii('ftyp')],
  ['a PDF', 0, ascii('%PDF')],
  ['a Parquet file', 0, ascii('PAR1')],
  ['an HDF5 file', 0, [0x89, ...ascii('HDF')]],
  ['a MATLAB file', 0, ascii('MATLAB 5.0')],
  ['a RAR archive', 0, ascii('Rar!')],
  ['a 7-Zip archive', 0, ascii('7z\xbc\xaf')],
  ['an xz archive', 0, [0xfd, ...ascii('7zXZ')]],
  ['a bzip2 archive', 0, ascii('BZh')],
  ['a Zstandard archive', 0, [0x28, 0xb5, 0x2f, 0xfd]],
];

function hasAt(head: Uint8Array, offset: number, signature: readonly number[]): boolean {
  return signature.every((byte, i) => head[offset + i] === byte);
}

/** IDX types of numbers, as the third byte of its header. */
const idxTypes = [0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e];

function isIdx(head: Uint8Array): boolean {
  const [first, second, type = 0, dimensions = 0] = head;
  return first === 0 && second === 0 && idxTypes.includes(type) && dimensions >= 1 && dimensions <= 8;
}

/** Protocol 2 and later; older ones are text that no data set here was published in. */
function isPickle(head: Uint8Array): boolean {
  const [proto, version = 0] = head;
  return proto === 0x80 && version >= 2 && version <= 5;
}

function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
}

/** @param head the first 600 bytes, or all where there are fewer */
export function fileKind(head: Uint8Array): FileKind {
  if (head.length === 0) return 'empty';
  const known = read.find(([, offset, signature]) => hasAt(head, offset, signature));
  if (known) return known[0];
  const other = refused.find(([, offset, signature]) => hasAt(head, offset, signature));
  if (other) return { format: other[0] };
  if (isIdx(head)) return 'idx';
  if (isPickle(head)) return 'pickle';
  if (!isText(head)) return 'other';
  const start = new TextDecoder().decode(head).trimStart().toLowerCase();
  return start.startsWith('<!doctype') || start.startsWith('<html') ? 'webPage' : 'text';
}
