/** The worker of a place. Its first message is the page that it gives way to. */
import { startOnThreads } from '../engine.ts';
import { watchPage } from '../threads/giveWay.ts';
import { hosting } from './hosting.ts';
import type { Message } from './place.ts';

export interface First {
  readonly page: SharedArrayBuffer | undefined;
  /** The number of the place. */
  readonly number: number;
}

const follow = hosting(startOnThreads, (answer) => self.postMessage(answer));

self.addEventListener('message', ({ data }: MessageEvent<First | Message>) => {
  if ('number' in data) watchPage(data.page, data.number);
  else follow(data.id, data.ask);
});
