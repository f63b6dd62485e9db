/**
 * Zip archives. zip.js reads the table of contents; the files are read here, in long stretches of the archive where they are asked for as they lie in it, and
 * the browser's own decompressor opens each. A stream and several reads of its own for each of 60,000 small pictures would take longer than the pictures.
 */
import { BlobReader, configure, type FileEntry, ZipReader } from '@zip.js/zip.js';
import { FileProblemError, refuse } from '../../experiment/fileProblem.ts';
import { reasonOf } from '../../experiment/problem.ts';
import { crc32 } from './crc32.ts';
import type { SourceFile } from './sourceFile.ts';

// The reader runs in a worker already.
configure({ useWebWorkers: false });

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes that are read at once. */
const STRETCH = 4 * 2 ** 20;
/** Bytes between two files that still lie one behind the other. */
const GAP = 2 ** 16;

const LOCAL_HEADER = 30;

/** What is kept of an entry of the table of contents: zip.js's own are so large that 60,000 of them take half a gigabyte. */
type Entry = Pick<
  FileEntry,
  'filename' | 'offset' | 'compressedSize' | 'uncompressedSize' | 'compressionMethod' | 'encrypted'
> & { readonly signature: number | undefined };

/** The table of contents, without folders, in the order of the files. */
async function entriesOf(blob: Blob): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of new ZipReader(new BlobReader(blob)).getEntriesGenerator()) {
    if (entry.directory) continue;
    const { filename, offset, compressedSize, uncompressedSize, compressionMethod, signature, encrypted } = entry;
    entries.push({ filename, offset, compressedSize, uncompressedSize, compressionMethod, signature, encrypted });
  }
  return entries.sort((a, b) => a.offset - b.offset);
}

async function bytesOf(blob: Blob, from: number, to: number): Promise<Bytes> {
  return new Uint8Array(await blob.slice(from, to).arrayBuffer());
}

/** Reads of an archive, the last stretch of which is kept. */
class Stretches {
  private start = 0;
  private end = 0;
  private bytes: Promise<Bytes> = Promise.resolve(new Uint8Array());

  constructor(readonly blob: Blob) {}

  /** @returns fewer where the archive ends; not to be written to */
  async read(from: number, length: number): Promise<Bytes> {
    const to = Math.min(this.blob.size, from + length);
    if (from < this.start || to > this.end) {
      const follows = from >= this.start && from <= this.end + GAP;
      this.start = from;
      this.end = follows ? Math.min(this.blob.size, Math.max(to, from + STRETCH)) : to;
      this.bytes = bytesOf(this.blob, from, this.end);
    }
    const { start, bytes } = this;
    return (await bytes).subarray(from - start, to - start);
  }
}

/** What an entry holds, as it is compressed. */
async function packed(stretches: Stretches, { offset, compressedSize: size, filename }: Entry): Promise<Bytes> {
  // The table of contents does not say how much stands in front of it: a name in UTF-8, and what else there is.
  const likely = LOCAL_HEADER + 3 * filename.length + 64;
  const found = await stretches.read(offset, likely + (size > STRETCH ? 0 : size));
  if (found.length < LOCAL_HEADER) throw new Error('it breaks off');
  const view = new DataView(found.buffer, found.byteOffset, found.byteLength);
  const from = LOCAL_HEADER + view.getUint16(26, true) + view.getUint16(28, true);
  if (from + size <= found.length) return found.slice(from, from + size);
  return bytesOf(stretches.blob, offset + from, offset + from + size);
}

async function inflated(bytes: Bytes, size: number): Promise<Bytes> {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  // Whatever is wrong with them is told to the reader, too.
  const written = Promise.allSettled([writer.write(bytes), writer.close()]);
  const all = new Uint8Array(size);
  const reader = stream.readable.getReader();
  let at = 0;
  for (let part = await reader.read(); part.value !== undefined; part = await reader.read()) {
    if (at + part.value.length > size) throw new Error('it holds more than it says');
    all.set(part.value, at);
    at += part.value.length;
  }
  await written;
  return all;
}

async function contentOf(stretches: Stretches, entry: Entry): Promise<Bytes> {
  const { compressionMethod, uncompressedSize, signature } = entry;
  if (compressionMethod !== 0 && compressionMethod !== 8) throw new Error(`compression method ${compressionMethod}`);
  const bytes = await packed(stretches, entry);
  const content = compressionMethod === 0 ? bytes : await inflated(bytes, uncompressedSize);
  if (content.length !== uncompressedSize || crc32(content) !== signature) throw new Error('its checksum differs');
  return content;
}

function memberOf(path: string, entry: Entry, stretches: Stretches): SourceFile {
  const file = `${path}/${entry.filename}`;
  let read: Promise<Bytes> | null = null;
  async function bytes(): Promise<Bytes> {
    if (entry.encrypted) refuse('file.encrypted', { file });
    return contentOf(stretches, entry).catch((error: unknown) => {
      return refuse('file.archive', { file, reason: reasonOf(error) });
    });
  }
  async function head(): Promise<Bytes> {
    read = bytes();
    return (await read).subarray(0, 600);
  }
  /** What was read for its head is handed out once, and not kept. */
  function once(): Promise<Bytes> {
    const found = read ?? bytes();
    read = null;
    return found;
  }
  return { path: file, size: entry.uncompressedSize, head, bytes: once };
}

/**
 * The files in a zip, as they lie in it.
 *
 * @throws FileProblemError where it is damaged; each file does by itself where it is, or is encrypted
 */
export async function zipMembers(file: SourceFile): Promise<SourceFile[]> {
  const blob = file.blob ?? new Blob([await file.bytes()]);
  try {
    const entries = await entriesOf(blob);
    const stretches = new Stretches(blob);
    return entries.map((entry) => memberOf(file.path, entry, stretches));
  } catch (error) {
    if (error instanceof FileProblemError) throw error;
    return refuse('file.archive', { file: file.path, reason: reasonOf(error) });
  }
}
