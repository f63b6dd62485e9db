/**
 * Files as they are brought, with the archives among them opened: gzip by the browser, tar by modern-tar, zip file by file when it is asked for
 * (`zip.ts`), so that a large one is never in memory.
 */
import { createTarDecoder } from 'modern-tar';
import { refuse } from '../../experiment/fileProblem.ts';
import { reasonOf } from '../../experiment/problem.ts';
import { type FileKind, fileKind } from './fileKind.ts';
import { fileOfBytes, isHidden, type SourceFile } from './sourceFile.ts';
import { zipMembers } from './zip.ts';

/** A file that is no archive, and what it is; null: not looked at, as its name says that it is a picture. */
export interface Leaf extends SourceFile {
  readonly kind: FileKind;
}

/** Archives in archives, as in a zip of gzipped files: deeper ones are somebody's joke. */
const DEEPEST = 4;

const pictureName = /\.(png|jpe?g|webp)$/i;

/** What gzip holds. @throws FileProblemError `file.gzip` where it is damaged or ends too early */
async function gunzip(file: SourceFile): Promise<Uint8Array<ArrayBuffer>> {
  const blob = file.blob ?? new Blob([await file.bytes()]);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  try {
    const reader = blob.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
    for (let part = await reader.read(); part.value !== undefined; part = await reader.read()) {
      parts.push(part.value as Uint8Array<ArrayBuffer>);
      bytes += part.value.length;
    }
  } catch {
    refuse('file.gzip', { file: file.path, bytes });
  }
  const all = new Uint8Array(bytes);
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

async function tarMembers({ path }: SourceFile, bytes: Uint8Array<ArrayBuffer>): Promise<SourceFile[]> {
  const members: SourceFile[] = [];
  try {
    const entries = new Blob([bytes]).stream().pipeThrough(createTarDecoder());
    const reader = entries.getReader();
    for (let entry = await reader.read(); entry.value !== undefined; entry = await reader.read()) {
      const { header, body } = entry.value;
      const content = new Uint8Array(await new Response(body).arrayBuffer());
      if (content.length < header.size) throw new Error(`it breaks off in ${header.name}`);
      if (header.type === 'file') members.push(fileOfBytes(`${path}/${header.name}`, content));
    }
  } catch (error) {
    refuse('file.archive', { file: path, reason: reasonOf(error) });
  }
  return members;
}

async function opened(file: SourceFile, depth: number): Promise<Leaf[]> {
  if (pictureName.test(file.path)) return [{ ...file, kind: 'picture' }];
  const kind = fileKind(await file.head());
  if (depth >= DEEPEST) return [{ ...file, kind }];
  if (kind === 'gzip') {
    const content = await gunzip(file);
    return opened(fileOfBytes(file.path.replace(/\.gz$|(?<=\.t)gz$/i, ''), content), depth + 1);
  }
  if (kind === 'tar') return openAll(await tarMembers(file, await file.bytes()), depth + 1);
  if (kind === 'zip') return openAll(await zipMembers(file), depth + 1);
  return [{ ...file, kind }];
}

async function openAll(files: readonly SourceFile[], depth: number): Promise<Leaf[]> {
  const leaves: Leaf[] = [];
  for (const file of files) if (!isHidden(file.path)) leaves.push(...(await opened(file, depth)));
  return leaves;
}

/**
 * Opens every archive among files, and in these, and tells of each file what it is.
 *
 * @returns hidden files left out
 * @throws FileProblemError for an archive that is damaged or encrypted
 */
export function unpack(files: readonly SourceFile[]): Promise<Leaf[]> {
  return openAll(files, 0);
}
