/** A helper's worker. Its first message is the memory by which it is told, and its number; all others are programs. */
import { Helping } from './helping.ts';
import type { LoadMessage } from './team.ts';

type First = { readonly control: SharedArrayBuffer; readonly thread: number };

let helping: Helping | null = null;
let again: ReturnType<typeof setTimeout>;

function help(): void {
  clearTimeout(again);
  if (helping?.help()) again = setTimeout(help);
}

self.addEventListener('message', ({ data }: MessageEvent<First | LoadMessage>) => {
  if ('control' in data) helping = new Helping(data.control, data.thread);
  else helping?.take(data);
  self.postMessage(null);
  help();
});
