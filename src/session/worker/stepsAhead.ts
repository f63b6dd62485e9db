/**
 * Steps that have been asked for and whose results are on their way. Where a step occupies this thread
 * there is one at a time. A GPU is asked for several in one go, a burst, and for the next burst before the
 * results of the last have come back, so that it never waits for us; a burst is as long as it can be
 * without keeping the GPU from painting the page.
 */
import type { StepResult } from '../../engine/engine.ts';
import { breathe } from './jobs.ts';
import type { TrainedNetwork } from './networks.ts';

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

/** How many steps to ask a GPU for in one go: as many as take some milliseconds, so that it can paint the page in between. */
export class BurstSize {
  private size = 1;
  private latest: Arrival | null = null;
  private isTrying = false;
  private patience = 0;

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
    return this.size;
  }

  /**
   * Takes note of a burst that has come back.
   * @param steps of the burst
   * @param end when it came back
   * @param began when the first burst was asked for behind a pause, in the same milliseconds
   */
  arrived(steps: number, end: number, began: number): void {
    const before = this.latest;
    const isTogether = before !== null && before.end >= began && end - before.end < TOGETHER_MS;
    if (isTogether && before.bursts < this.underWay) {
      before.bursts++;
      before.steps += steps;
      before.end = end;
      return;
    }
    if (before) this.learnFrom(before);
    this.latest = { since: Math.max(began, before?.end ?? began), bursts: 1, steps, end };
  }

  private learnFrom({ since, bursts, steps, end }: Arrival): void {
    this.patience = Math.max(0, this.patience - 1);
    if (bursts > 1) {
      // A step takes this long at most; whether it takes less shows only in longer bursts.
      if (this.patience > 0) return;
      this.isTrying = true;
      this.size = Math.min(this.most, Math.max(this.size, Math.ceil((2 * steps) / bursts)));
      return;
    }
    const suited = Math.max(1, Math.round((BURST_MS * steps) / (end - since)));
    if (this.isTrying && suited < this.size) this.patience = PATIENCE;
    this.isTrying = false;
    this.size = Math.min(this.most, suited, 2 * this.size);
  }
}

/** What a step does to every network. */
export interface StepOrder {
  readonly step: number;
  /** Its minibatch. */
  readonly images: (network: TrainedNetwork) => Uint32Array;
  readonly learningRate: number;
}

export interface StepOutcome {
  readonly order: StepOrder;
  readonly results: readonly { readonly network: TrainedNetwork; readonly result: StepResult }[];
}

export interface BurstOutcome {
  readonly steps: readonly StepOutcome[];
  /** Milliseconds for one step of all networks. */
  readonly msPerStep: number;
}

interface UnderWay {
  readonly order: StepOrder;
  readonly results: Promise<StepOutcome['results'][number]>[];
}

/** Bursts under way at one time. */
const BURSTS = 2;

export class StepsAhead {
  private bursts: UnderWay[][] = [];
  private readonly size: BurstSize;
  private began = 0;
  /** The latest that came back without a pause in between. */
  private latest: { readonly end: number; readonly steps: number }[] = [];

  /** @param lookahead of the engine */
  constructor(readonly lookahead: number) {
    this.size = new BurstSize(Math.max(1, Math.floor(lookahead / BURSTS)), BURSTS);
  }

  get isEmpty(): boolean {
    return this.bursts.length === 0;
  }

  /** Whether the results of the oldest burst must be awaited before another may start. */
  get isFull(): boolean {
    return this.bursts.length >= (this.lookahead === 1 ? 1 : BURSTS);
  }

  /** How many steps to ask for in one go. */
  get burst(): number {
    return this.size.steps;
  }

  /** Asks for steps. Only where each occupies this thread, there is room for messages between the networks. */
  async start(orders: readonly StepOrder[], networks: readonly TrainedNetwork[], signal: AbortSignal): Promise<void> {
    if (this.isEmpty) {
      this.began = performance.now();
      this.latest = [];
    }
    const burst: UnderWay[] = [];
    this.bursts.push(burst);
    for (const order of orders) {
      const results: UnderWay['results'] = [];
      burst.push({ order, results });
      for (const network of networks) {
        const done = network.trainer
          .step(order.images(network), order.learningRate)
          .then((result) => ({ network, result }));
        // Its failure is reported when its burst is finished: until then it is expected.
        done.catch(() => undefined);
        results.push(done);
        if (this.lookahead > 1) continue;
        await breathe();
        if (signal.aborted) return;
      }
    }
  }

  /** Waits for the oldest burst. */
  async finish(): Promise<BurstOutcome> {
    const [oldest = []] = this.bursts;
    // Trainers may be disposed only after all of their work has ended, well or badly.
    await Promise.allSettled(oldest.flatMap(({ results }) => results));
    this.bursts.shift();
    const steps = await Promise.all(
      oldest.map(async ({ order, results }) => ({ order, results: await Promise.all(results) })),
    );
    const end = performance.now();
    this.size.arrived(steps.length, end, this.began);
    return { steps, msPerStep: this.timed(end, steps.length) };
  }

  /**
   * Milliseconds for one step, from as many bursts as may be under way: some may come back together, and then the
   * time since the one before says nothing.
   */
  private timed(end: number, steps: number): number {
    const most = this.lookahead === 1 ? 1 : BURSTS;
    this.latest = [...this.latest.slice(-most), { end, steps }];
    const counted = this.latest.slice(-most);
    const since = this.latest.length > most ? this.latest[0]?.end : this.began;
    const all = counted.reduce((sum, burst) => sum + burst.steps, 0);
    return (end - (since ?? this.began)) / Math.max(1, all);
  }

  /** Waits until nothing is under way, whatever becomes of it. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.bursts.flatMap((burst) => burst.flatMap(({ results }) => results)));
    this.bursts = [];
  }
}
