/** What the dialog and the worker that reads files say to each other. */
import type { Choices } from '../../data/readers/assemble.ts';
import type { DataRef } from '../../experiment/dataRef.ts';
import type { FileNote, FileProblem } from '../../experiment/fileProblem.ts';

export interface BroughtFile {
  readonly path: string;
  readonly blob: Blob;
}

/** What a data set would be, before it is used. */
export interface Preview {
  readonly title: string;
  readonly side: number;
  readonly channels: 1 | 3;
  readonly train: number;
  readonly test: number;
  /** Of all pixels. */
  readonly bytes: number;
  readonly classes: readonly PreviewedClass[];
  readonly notes: readonly FileNote[];
  readonly choices: Choices;
}

export interface PreviewedClass {
  readonly name: string;
  readonly train: number;
  readonly test: number;
  /** A few training images, [side, side, channels] each. */
  readonly samples: readonly Uint8Array[];
}

export type ImportCommand =
  | { readonly type: 'read'; readonly files: readonly BroughtFile[] }
  | { readonly type: 'choose'; readonly choices: Choices }
  | { readonly type: 'pack'; readonly title: string };

export type ImportEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'preview'; readonly preview: Preview }
  | { readonly type: 'packed'; readonly ref: DataRef; readonly title: string; readonly blob: Blob }
  | { readonly type: 'refused'; readonly problem: FileProblem };
