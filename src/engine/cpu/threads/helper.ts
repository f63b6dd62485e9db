/** A helper's worker. Its first message is the memory by which it is told, its number, and the page that it gives way to; all others are programs. */
import { watchPage } from './giveWay.ts';
import { Helping } from './helping.ts';
import type { LoadMessage } from './team.ts';

type First = { readonly control: SharedArrayBuffer; readonly thread: number; readonly page?: SharedArrayBuffer };

let helping: Helping | null = null;
let again: ReturnType<typeof setTimeout>;

function help(): void {
  clearTimeout(again);
  if (helping?.help()) again = setTimeout(help);
}

self.addEventListener('message', ({ data }: MessageEvent<First | LoadMessage>) => {
  if ('control' in data) {
    helping = new Helping(data.control, data.thread);
    watchPage(data.page, data.thread);
  } else helping?.take(data);
  self.postMessage(null);
  help();
});
