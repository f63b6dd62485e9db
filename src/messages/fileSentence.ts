/** What is said of files that somebody brings. */
import type { FileNote, FileProblem } from '../experiment/fileProblem.ts';
import { laterText } from './laterText.ts';

function said<C extends string>(
  table: Readonly<Record<C, (values: never) => string>>,
  { code, values }: { readonly code: C; readonly values: object },
): string {
  return table[code](values as never);
}

/** What is wrong with a file. */
export function fileSentence(problem: FileProblem): string {
  return said(laterText.ownData.problems, problem);
}

/** What was done with files. */
export function noteSentence(note: FileNote): string {
  return said(laterText.ownData.notes, note);
}
