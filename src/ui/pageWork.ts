/**
 * Says in shared memory while the page's own thread is at work. Threads that compute on all cores can give way to it then: the system would
 * share the cores out evenly, and what takes 15 ms take 60.
 */

/** What the number says. What is drawn soon after an input is part of the answer to that. */
export const pageWork = { none: 0, draws: 1, answers: 2 } as const;

const SOON_MS = 1500;
const inputs = ['pointerdown', 'pointerup', 'keydown', 'keyup', 'input'];

let word: Int32Array | null = null;
let latestInput = Number.NEGATIVE_INFINITY;
/** A message to oneself comes behind the picture of a frame in which it is sent. */
let sendBehind = () => {};

function begin(work: number): void {
  if (word) Atomics.store(word, 0, work);
}

function end(): void {
  if (!word) return;
  Atomics.store(word, 0, pageWork.none);
  Atomics.notify(word, 0);
}

/** For the start of a frame in which something is drawn. */
export function saysThatItDraws(): void {
  begin(performance.now() - latestInput < SOON_MS ? pageWork.answers : pageWork.draws);
  sendBehind();
}

function saysThatItAnswers(): void {
  latestInput = performance.now();
  begin(pageWork.answers);
  requestAnimationFrame(sendBehind);
}

/** The memory, one for all workers of the page; none where threads can share none. */
export function sharedPageWork(): SharedArrayBuffer | undefined {
  if (!globalThis.crossOriginIsolated) return undefined;
  if (!word) {
    word = new Int32Array(new SharedArrayBuffer(4));
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = end;
    sendBehind = () => port2.postMessage(null);
    // Before anybody else hears of it.
    for (const input of inputs) addEventListener(input, saysThatItAnswers, { capture: true, passive: true });
  }
  return word.buffer as SharedArrayBuffer;
}
