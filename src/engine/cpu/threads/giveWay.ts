/** A thread that computes gives way to the page's own, where there is a core for each thread that computes and none besides. */

/** A page that does not say for so long that it has done is thought to have: one that is hidden draws no more frames. */
const LONGEST_MS = 100;
/** After it has given way, a thread computes for this much of that time at least. */
const LEAST_AFTER = 0.5;

let page: Int32Array | null = null;
/** The bit that asks this thread. */
let own = 1;
/** Until then nobody is given way to. */
let notBefore = 0;

/**
 * @param memory one number whose bits are threads that are to give way, as the page's own is at work; 0 while that is idle
 * @param thread the number of this one, of two
 */
export function watchPage(memory: SharedArrayBuffer | undefined, thread: number): void {
  page = memory ? new Int32Array(memory) : null;
  own = 1 << (thread & 1);
  notBefore = 0;
}

/** Between two parts of a program. */
export function giveWay(): void {
  if (!page || (Atomics.load(page, 0) & own) === 0) return;
  const began = performance.now();
  if (began < notBefore) return;
  for (let asked = Atomics.load(page, 0); asked & own; asked = Atomics.load(page, 0)) {
    if (Atomics.wait(page, 0, asked, LONGEST_MS) === 'timed-out') Atomics.compareExchange(page, 0, asked, 0);
  }
  const now = performance.now();
  notBefore = now + LEAST_AFTER * (now - began);
}
