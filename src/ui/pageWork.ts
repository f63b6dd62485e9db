/**
 * Says in shared memory while the page's own thread is at work. Threads that compute on all cores can give way to it then: the system would
 * share the cores out evenly, and what takes 15 ms take 60.
 */

/** What the number asks for: of two threads that compute, a bit each, those are to give way. */
export const giving = { none: 0, one: 1, other: 2, all: 3 } as const;

/** What is drawn so soon after an input is part of the answer to that. */
const SOON_MS = 1000;
const inputs = ['pointerdown', 'pointerup', 'keydown', 'keyup', 'input'];

let word: Int32Array | null = null;
let latestInput = Number.NEGATIVE_INFINITY;
/** What is drawn takes the core of one thread, and next time that of the other. */
let turn: number = giving.other;
/** A message to oneself comes behind the picture of a frame in which it is sent. */
let sendBehind = () => {};

function begin(asked: number): void {
  if (word) Atomics.store(word, 0, asked);
}

function end(): void {
  if (!word) return;
  Atomics.store(word, 0, giving.none);
  Atomics.notify(word, 0);
}

/** For the start of a frame: until there is its picture. */
export function saysThatItDraws(): void {
  turn = giving.all - turn;
  begin(performance.now() - latestInput < SOON_MS ? giving.all : turn);
  sendBehind();
}

function saysThatItAnswers(): void {
  latestInput = performance.now();
  begin(giving.all);
  sendBehind();
  // What has changed shows in the next frame.
  requestAnimationFrame(saysThatItDraws);
}

/** The memory, one for all workers of the page; none where they can share none with it: those of a page without an origin have another than the page. */
export function sharedPageWork(): SharedArrayBuffer | undefined {
  if (!globalThis.crossOriginIsolated || self.origin === 'null') return undefined;
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
