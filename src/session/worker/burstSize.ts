/** How many steps to ask a GPU for in one go: as many as take some milliseconds, so that it can paint the page in between. */

/** Of work for the GPU in one go. */
const BURST_MS = 8;
/**
 * Results that come back closer together than this were waiting for each other: for a thread that was busy, or for a
 * browser that looks for results only now and then. When they come says nothing of how long a step takes.
 */
const TOGETHER_MS = 1;
/** Arrivals to wait for after a burst turned out to be too long, before longer ones are tried again. */
const PATIENCE = 64;

/** Results that came back together. */
interface Arrival {
  /** When those before it came back, or its work began. */
  readonly since: number;
  bursts: number;
  steps: number;
  end: number;
}

export class BurstSize {
  #steps = 1;
  #latest: Arrival | null = null;
  #isTrying = false;
  #patience = 0;

  /**
   * @param most steps in one go
   * @param underWay bursts under way at one time: more cannot have waited for each other
   */
  constructor(
    readonly most: number,
    readonly underWay: number,
  ) {}

  /** Steps to ask for. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * Takes note of a burst that has come back.
   * @param steps of the burst
   * @param end when it came back
   * @param began when the first burst was asked for behind a pause, in the same milliseconds
   */
  arrived(steps: number, end: number, began: number): void {
    const before = this.#latest;
    const isTogether = before !== null && before.end >= began && end - before.end < TOGETHER_MS;
    if (isTogether && before.bursts < this.underWay) {
      before.bursts++;
      before.steps += steps;
      before.end = end;
      return;
    }
    if (before) this.#learnFrom(before);
    this.#latest = { since: Math.max(began, before?.end ?? began), bursts: 1, steps, end };
  }

  #learnFrom({ since, bursts, steps, end }: Arrival): void {
    this.#patience = Math.max(0, this.#patience - 1);
    if (bursts > 1) {
      // A step takes this long at most; whether it takes less shows only in longer bursts.
      if (this.#patience > 0) return;
      this.#isTrying = true;
      this.#steps = Math.min(this.most, Math.max(this.#steps, Math.ceil((2 * steps) / bursts)));
      return;
    }
    const suited = Math.max(1, Math.round((BURST_MS * steps) / (end - since)));
    if (this.#isTrying && suited < this.#steps) this.#patience = PATIENCE;
    this.#isTrying = false;
    this.#steps = Math.min(this.most, suited, 2 * this.#steps);
  }
}
