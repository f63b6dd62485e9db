/**
 * What can be wrong with files that somebody brings, and what is done with them that they may not have meant: data like every other problem, in a table
 * of its own, as their sentences are downloaded with the dialog that shows them (`messages/en/ownData.ts`).
 */

export interface FileProblems {
  'file.none': Record<never, never>;
  'file.empty': { file: string };
  /** A page of the web, where a download has failed. */
  'file.webPage': { file: string; bytes: number };
  /** What stands in a git repository in place of a large file. */
  'file.pointer': { file: string };
  /** A format that is known, and not read. */
  'file.format': { file: string; format: string };
  'file.unknown': { file: string };
  'file.unreadable': { file: string; reason: string };
  /** Compressed data end, or are wrong, after so many bytes were got out. */
  'file.gzip': { file: string; bytes: number };
  'file.archive': { file: string; reason: string };
  'file.encrypted': { file: string };
  'file.length': { file: string; expected: number; found: number };
  'idx.numbers': { file: string; type: string };
  'array.shape': { file: string; shape: string };
  'array.numbers': { file: string; type: string };
  'array.order': { file: string };
  'array.notWhole': { file: string; index: number; value: number };
  'array.range': { file: string; value: number };
  'array.header': { file: string };
  'cifar.length': { file: string; bytes: number };
  'cifar.label': { file: string; index: number; label: number; classes: number };
  'pickle.code': { file: string; name: string };
  'pickle.damaged': { file: string; position: number };
  'pickle.noImages': { file: string };
  'set.noLabels': { file: string };
  'set.noImages': { file: string };
  'set.severalLabels': { file: string; columns: number };
  'set.counts': { imagesFile: string; images: number; labelsFile: string; labels: number };
  'set.several': { files: string };
  'set.differ': { file: string; shape: string; otherFile: string; otherShape: string };
  'set.small': { side: number; least: number };
  'set.negative': { file: string; index: number; label: number };
  'set.oneClass': { file: string; name: string };
  'set.tooManyClasses': { file: string; classes: number; limit: number };
  'set.few': { images: number; least: number };
  'set.large': { images: number; bytes: number; limit: number };
  'folder.noClasses': { folder: string };
  'folder.noImages': { folder: string };
  'folder.oneClass': { folder: string; name: string };
  'picture.damaged': { file: string };
}

/** What was done with the files, for the preview. */
export interface FileNotes {
  /** Hidden files, and those that are no images. */
  'note.skipped': { count: number; example: string };
  'note.damaged': { count: number; example: string };
  /** Pictures of other sizes, made square and so large. */
  'note.resized': { count: number; side: number; example: string };
  'note.padded': { height: number; width: number; side: number };
  'note.alpha': { count: number; example: string };
  'note.deep': { count: number; example: string };
  'note.cmyk': { count: number; example: string };
  'note.greyInColour': Record<never, never>;
  'note.scaled': { file: string; max: number };
  'note.labelsFrom': { first: number };
  'note.noNames': { classes: number };
  'note.emptyClasses': { names: string };
  'note.black': { count: number };
  'note.turned': { file: string };
  'note.split': { share: number };
  'note.validation': { count: number };
}

type Tagged<T> = { readonly [C in keyof T]: { readonly code: C; readonly values: Readonly<T[C]> } }[keyof T];

export type FileProblem = Tagged<FileProblems>;
export type FileNote = Tagged<FileNotes>;

export class FileProblemError extends Error {
  constructor(readonly problem: FileProblem) {
    super(`${problem.code} ${JSON.stringify(problem.values)}`);
    this.name = 'FileProblemError';
  }
}

/** @returns never: throws what is wrong with a file */
export function refuse<C extends keyof FileProblems>(code: C, values: Readonly<FileProblems[C]>): never {
  throw new FileProblemError({ code, values } as FileProblem);
}
