/**
 * Files that somebody brings, to images with labels: told by content, archives opened, and whatever is not as it should be refused with the name of the
 * file. The same in the page, in its worker, and on the command line; who decodes pictures is told how.
 */
import { type FileNote, refuse } from '../../experiment/fileProblem.ts';
import { pairArrays } from './arrays.ts';
import { cifarBatch, cifarNames, isCifarBinary, namesInText, readCifarBinary } from './cifar.ts';
import { readIdx } from './idx.ts';
import type { Labelled } from './labelled.ts';
import type { NamedArray } from './namedArray.ts';
import { readNpy } from './npy.ts';
import { readPickle } from './pickle.ts';
import { type Decode, readPictures } from './pictures.ts';
import { nameOf, type SourceFile } from './sourceFile.ts';
import { type Leaf, unpack } from './unpack.ts';

/** What is in the files, as they have it. */
export interface FilesRead {
  /** Of what the data set is called, where nobody says. */
  readonly title: string;
  /** At least one. */
  readonly parts: readonly Labelled[];
  /** By label; null where the files do not say. */
  readonly classes: readonly string[] | null;
  readonly notes: readonly FileNote[];
}

export interface ReadOptions {
  readonly decode: Decode;
  readonly onProgress?: (done: number, total: number) => void;
}

const { compare } = new Intl.Collator('en', { numeric: true });

/** What a file is called, without endings of formats. */
function titleOf(files: readonly SourceFile[]): string {
  const folder = files.length > 1 ? files[0]?.path.split('/').at(-2) : undefined;
  const name = folder ?? nameOf(files[0]?.path ?? '');
  const bare = name.replace(/(\.(zip|tgz|tar|gz|npz|npy|bin|pkl|idx\d-ubyte))+$/i, '');
  return bare.replace(/[-_. ]?(python|binary|jpe?g|png|(train|t10k)-(images|labels)-idx\d-ubyte)$/i, '') || bare;
}

function refuseLeaf({ path, size, kind }: Leaf): void {
  if (kind === 'empty') refuse('file.empty', { file: path });
  if (kind === 'webPage') refuse('file.webPage', { file: path, bytes: size });
  if (kind === 'pointer') refuse('file.pointer', { file: path });
  if (typeof kind === 'object') refuse('file.format', { file: path, format: kind.format });
}

/** A page or a PDF that is called one, as archives have them beside their data: no download that failed. */
function isDocument({ path, kind }: Leaf): boolean {
  return kind === 'webPage' ? /\.html?$/i.test(path) : typeof kind === 'object' && /\.pdf$/i.test(path);
}

class Reading {
  readonly arrays: NamedArray[] = [];
  readonly parts: Labelled[] = [];
  readonly skipped: Leaf[] = [];
  readonly notes: FileNote[] = [];
  classes: readonly string[] | null = null;

  async add(leaf: Leaf): Promise<void> {
    const { path, kind } = leaf;
    if (kind === 'npy') this.arrays.push(readNpy(path, await leaf.bytes()));
    else if (kind === 'pickle') this.addPickle(path, await leaf.bytes());
    else if (kind === 'idx' || kind === 'text' || kind === 'other') {
      const bytes = await leaf.bytes();
      const names = kind === 'text' ? namesInText(path, bytes) : null;
      // A binary batch of CIFAR begins with a label and an image, so it may begin as an IDX file or a text does.
      if (names) this.classes ??= names;
      else if (isCifarBinary(path, bytes)) this.parts.push(readCifarBinary(path, bytes));
      else if (kind === 'idx') this.arrays.push(readIdx(path, bytes));
      else this.skipped.push(leaf);
    } else this.skipped.push(leaf);
  }

  private addPickle(path: string, bytes: Uint8Array): void {
    const value = readPickle(path, bytes);
    const batch = cifarBatch(path, value);
    const names = cifarNames(value);
    if (batch) this.parts.push(batch);
    else if (names) this.classes = names;
    else refuse('pickle.noImages', { file: path });
  }
}

function skippedNote(skipped: readonly SourceFile[]): FileNote[] {
  const [first] = skipped;
  return first ? [{ code: 'note.skipped', values: { count: skipped.length, example: first.path } }] : [];
}

/**
 * Reads files, whichever of the formats they are in.
 *
 * @param files as they were chosen, with their folders
 * @throws FileProblemError that names the file and says what is wrong with it
 */
export async function readFiles(
  files: readonly SourceFile[],
  { decode, onProgress = () => undefined }: ReadOptions,
): Promise<FilesRead> {
  if (files.length === 0) refuse('file.none', {});
  const leaves = await unpack(files);
  if (leaves.length === 0) refuse('folder.noImages', { folder: titleOf(files) });
  const pictures = leaves.filter(({ kind }) => kind === 'picture');
  const others = leaves.filter(({ kind }) => kind !== 'picture').sort((a, b) => compare(a.path, b.path));
  const title = titleOf(files);
  if (pictures.length > 0) {
    // Beside pictures lie lists, notes and licences: nobody's images.
    const read = await readPictures(pictures, decode, onProgress);
    return { title, ...read, notes: [...read.notes, ...skippedNote(others)] };
  }
  const reading = new Reading();
  for (const [i, leaf] of others.entries()) {
    if (!isDocument(leaf)) refuseLeaf(leaf);
    await reading.add(leaf);
    onProgress(i + 1, others.length);
  }
  const { arrays, parts, skipped, notes, classes } = reading;
  if (arrays.length > 0) parts.push(...pairArrays(arrays, notes));
  if (parts.length === 0) {
    const [first] = skipped;
    if (first) refuseLeaf(first);
    refuse('file.unknown', { file: first?.path ?? title });
  }
  return { title, parts, classes, notes: [...notes, ...skippedNote(skipped)] };
}
