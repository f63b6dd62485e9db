/** The worker of a place. */
import { startOnThreads } from '../engine.ts';
import { hosting } from './hosting.ts';
import type { Message } from './place.ts';

const follow = hosting(startOnThreads, (answer) => self.postMessage(answer));

self.addEventListener('message', ({ data: { id, ask } }: MessageEvent<Message>) => follow(id, ask));
