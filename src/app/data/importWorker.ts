/** Reads the files that somebody brings, away from the page: 60,000 pictures take a while. */
import { packSet } from '../../data/ownSet.ts';
import { type AssembledSet, assemble, type Choices, type Part, usualChoices } from '../../data/readers/assemble.ts';
import { type FilesRead, readFiles } from '../../data/readers/readFiles.ts';
import { fileOfBlob } from '../../data/readers/sourceFile.ts';
import { FileProblemError } from '../../experiment/fileProblem.ts';
import { reasonOf } from '../../experiment/problem.ts';
import { decode } from './decode.ts';
import type { ImportCommand, ImportEvent, Preview } from './protocol.ts';

/** Pictures of each class in the preview. */
const SAMPLES = 4;

let found: FilesRead | null = null;
let assembled: AssembledSet | null = null;

function tell(event: ImportEvent): void {
  self.postMessage(event);
}

function counts({ labels }: Part, classes: number): number[] {
  const own = new Array<number>(classes).fill(0);
  for (const label of labels) own[label] = (own[label] ?? 0) + 1;
  return own;
}

function previewOf(set: AssembledSet, title: string, choices: Choices): Preview {
  const { side, channels, train, test } = set;
  const bytesEach = side * side * channels;
  const [trains, tests] = [train, test].map((part) => counts(part, set.classes.length));
  const samples = set.classes.map((): Uint8Array[] => []);
  train.labels.forEach((label, image) => {
    const own = samples[label];
    if (own && own.length < SAMPLES) own.push(train.pixels.slice(image * bytesEach, (image + 1) * bytesEach));
  });
  return {
    title,
    side,
    channels,
    train: train.labels.length,
    test: test.labels.length,
    bytes: train.pixels.length + test.pixels.length,
    classes: set.classes.map((name, label) => ({
      name,
      train: trains?.[label] ?? 0,
      test: tests?.[label] ?? 0,
      samples: samples[label] ?? [],
    })),
    notes: set.notes,
    choices,
  };
}

function show(read: FilesRead, choices: Choices): void {
  assembled = assemble(read, choices);
  tell({ type: 'preview', preview: previewOf(assembled, read.title, choices) });
}

async function follow(command: ImportCommand): Promise<void> {
  if (command.type === 'read') {
    const files = command.files.map(({ path, blob }) => fileOfBlob(path, blob));
    const onProgress = (done: number, total: number) => tell({ type: 'progress', done, total });
    found = await readFiles(files, { decode, onProgress });
    show(found, usualChoices(found));
  } else if (command.type === 'choose') {
    if (found) show(found, command.choices);
  } else if (assembled) {
    const { title } = command;
    // What the files hold is as large as what was made of it.
    found = null;
    tell({ type: 'packed', title, ...(await packSet(assembled, title)) });
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ImportCommand>) => {
  follow(data).catch((error: unknown) => {
    const unread = { code: 'file.unreadable', values: { file: found?.title ?? '', reason: reasonOf(error) } } as const;
    tell({ type: 'refused', problem: error instanceof FileProblemError ? error.problem : unread });
  });
});
