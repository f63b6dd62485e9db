/**
 * Pictures in folders that are called as their classes: `cat/1.png`, or `train/cat/1.png` and `test/cat/2.png`, in whatever folders around. Classes and
 * files are taken in the order of their names, with numbers in them by their value.
 */
import { refuse } from '../../experiment/fileProblem.ts';
import { type Split, splitOf } from './labelled.ts';
import type { SourceFile } from './sourceFile.ts';

export interface ListedPicture {
  readonly file: SourceFile;
  readonly split: Split;
  readonly label: number;
}

export interface Listing {
  readonly classes: readonly string[];
  /** By split, class and name. */
  readonly pictures: readonly ListedPicture[];
}

const { compare } = new Intl.Collator('en', { numeric: true });

const isSplit = (folder: string) =>
  /^(train(ing)?|test(ing)?|val(id(ation)?)?)([-_ ]?(set|images|data))?$/i.test(folder);

interface Placed {
  readonly file: SourceFile;
  /** Folders below the one that all lie in, and the file's name. */
  readonly parts: readonly string[];
}

/** Without the folders that all files lie in, but for one that says which part of the data it is. */
function withoutRoot(files: readonly SourceFile[]): { root: string; placed: Placed[] } {
  let placed = files.map((file): Placed => ({ file, parts: file.path.split('/').filter(Boolean) }));
  const root: string[] = [];
  for (;;) {
    const first = placed[0]?.parts[0];
    const isCommon = placed.every(({ parts }) => parts.length > 1 && parts[0] === first);
    if (first === undefined || !isCommon || isSplit(first)) return { root: root.join('/'), placed };
    // One class alone is no root, and is told as such.
    if (placed.every(({ parts }) => parts.length === 2)) {
      return refuse('folder.oneClass', { folder: root.join('/') || first, name: first });
    }
    root.push(first);
    placed = placed.map(({ file, parts }) => ({ file, parts: parts.slice(1) }));
  }
}

/**
 * Which picture is of which class.
 *
 * @param files pictures alone
 * @throws FileProblemError where they lie in no folders, or in one
 */
export function listClassFolders(files: readonly SourceFile[]): Listing {
  const { root, placed } = withoutRoot(files);
  const folder = root || (files[0]?.path.split('/')[0] ?? '');
  const hasSplits = placed.every(({ parts }) => parts.length > 2 && isSplit(parts[0] ?? ''));
  const inClass = placed.flatMap(({ file, parts }) => {
    const [split, name] = hasSplits ? [splitOf(parts[0] ?? ''), parts[1]] : (['all', parts[0]] as const);
    return parts.length < (hasSplits ? 3 : 2) || name === undefined ? [] : [{ file, split, name }];
  });
  const classes = [...new Set(inClass.map(({ name }) => name))].sort(compare);
  const [only] = classes;
  if (only === undefined) return refuse('folder.noClasses', { folder });
  if (classes.length === 1) return refuse('folder.oneClass', { folder, name: only });
  const labelOf = new Map(classes.map((name, label) => [name, label]));
  const pictures = inClass
    .map(({ file, split, name }) => ({ file, split, label: labelOf.get(name) ?? 0 }))
    .sort((a, b) => compare(a.split, b.split) || a.label - b.label || compare(a.file.path, b.file.path));
  return { classes, pictures };
}
