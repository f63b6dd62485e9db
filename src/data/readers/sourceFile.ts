/** A file that somebody brings, or one in an archive of theirs: read when it is its turn, so that 60,000 of them need not be in memory. */
export interface SourceFile {
  /** With the folders and archives it lies in, `/` between them. */
  readonly path: string;
  /** Bytes, once unpacked. */
  readonly size: number;
  /** The first bytes, to tell what it is; at least 600 where there are so many. */
  head(): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws FileProblemError where its archive is damaged */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /** Where it is no part of an archive. */
  readonly blob?: Blob;
}

const HEAD_BYTES = 600;

export function fileOfBlob(path: string, blob: Blob): SourceFile {
  const read = async (part: Blob) => new Uint8Array(await part.arrayBuffer());
  return { path, size: blob.size, blob, head: () => read(blob.slice(0, HEAD_BYTES)), bytes: () => read(blob) };
}

export function fileOfBytes(path: string, bytes: Uint8Array<ArrayBuffer>): SourceFile {
  return { path, size: bytes.length, head: async () => bytes.subarray(0, HEAD_BYTES), bytes: async () => bytes };
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What systems and archivers leave beside files: nobody's data. */
export function isHidden(path: string): boolean {
  return path
    .split('/')
    .some((part) => part.startsWith('.') || part === '__MACOSX' || part === 'Thumbs.db' || part === 'desktop.ini');
}
