/** The page's side of the worker that reads files. */
import { reasonOf } from '../../experiment/problem.ts';
import { startWorker } from '../connectWorker.ts';
import importUrl from './importWorker.ts?worker&url';
import type { BroughtFile, ImportCommand, ImportEvent } from './protocol.ts';

export interface Importer {
  send(command: ImportCommand): void;
  /** Ends it, whatever it is at. */
  stop(): void;
}

/** Starts reading files. @param onEvent told what has been found */
export function importFiles(files: readonly BroughtFile[], onEvent: (event: ImportEvent) => void): Importer {
  const fail = (reason: string) =>
    onEvent({ type: 'refused', problem: { code: 'file.unreadable', values: { file: files[0]?.path ?? '', reason } } });
  try {
    const worker = startWorker(importUrl, 'import');
    worker.addEventListener('message', ({ data }: MessageEvent<ImportEvent>) => onEvent(data));
    worker.addEventListener('error', ({ message }) => fail(message ?? ''));
    const send = (command: ImportCommand) => worker.postMessage(command);
    send({ type: 'read', files });
    return { send, stop: () => worker.terminate() };
  } catch (error) {
    fail(reasonOf(error));
    return { send: () => undefined, stop: () => undefined };
  }
}

async function entriesOf(entry: FileSystemEntry): Promise<BroughtFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ''), blob: file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: BroughtFile[] = [];
  // A reader hands out a hundred entries at a time.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return found;
    for (const each of entries) found.push(...(await entriesOf(each)));
  }
}

/** What somebody has dropped, folders with all that is in them. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<BroughtFile[]> {
  // Asked for at once: the list is emptied when the event is over.
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return chosenFiles(files);
  return (await Promise.all(entries.map(entriesOf))).flat();
}

/** What somebody has chosen, with its path in a folder. */
export function chosenFiles(files: Iterable<File>): BroughtFile[] {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, blob: file }));
}
