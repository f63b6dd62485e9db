/** A thread that computes gives way to the page's own, where there is a core for each thread that computes and none besides. */

/** A page that does not say for so long that it has done is thought to have: one that is hidden draws no more frames. */
const LONGEST_MS = 100;
/** After it has given way, a thread computes for this share of the time at least. */
const LEAST_SHARE = 0.5;

/** What the page must be doing at least, so that this thread gives way: with the last alone the page has a core to itself. */
export const givesWayTo = { last: 1, other: 2 } as const;

let page: Int32Array | null = null;
let least: number = givesWayTo.other;
/** Until then nobody is given way to. */
let notBefore = 0;

/** @param memory one number, 0 where the page's own thread is idle; the more it says, the more threads stand still */
export function watchPage(memory: SharedArrayBuffer | undefined, who: keyof typeof givesWayTo): void {
  page = memory ? new Int32Array(memory) : null;
  least = givesWayTo[who];
  notBefore = 0;
}

/** Between two parts of a program. */
export function giveWay(): void {
  if (!page || Atomics.load(page, 0) < least) return;
  const began = performance.now();
  if (began < notBefore) return;
  for (let work = Atomics.load(page, 0); work >= least; work = Atomics.load(page, 0)) {
    if (Atomics.wait(page, 0, work, LONGEST_MS) === 'timed-out') Atomics.compareExchange(page, 0, work, 0);
  }
  const now = performance.now();
  notBefore = now + LEAST_SHARE * (now - began);
}
