/**
 * Steps that have been asked for and whose results are on their way. Where a step occupies this thread
 * there is one at a time. A GPU is asked for several in one go, a burst, and for the next burst before the
 * results of the last have come back, so that it never waits for us; a burst is as long as it can be
 * without keeping the GPU from painting the page.
 */
import type { StepResult } from '../../engine/engine.ts';
import { breathe } from './breathe.ts';
import { BurstSize } from './burstSize.ts';
import type { TrainedNetwork } from './networks.ts';

/** What a step does to every network. */
export interface StepOrder {
  readonly step: number;
  readonly images: Uint32Array;
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
  #bursts: UnderWay[][] = [];
  readonly #size: BurstSize;
  #began = 0;
  /** The latest that came back without a pause in between. */
  #latest: { readonly end: number; readonly steps: number }[] = [];

  /** @param lookahead of the engine */
  constructor(readonly lookahead: number) {
    this.#size = new BurstSize(Math.max(1, Math.floor(lookahead / BURSTS)), BURSTS);
  }

  get isEmpty(): boolean {
    return this.#bursts.length === 0;
  }

  /** Whether the results of the oldest burst must be awaited before another may start. */
  get isFull(): boolean {
    return this.#bursts.length >= (this.lookahead === 1 ? 1 : BURSTS);
  }

  /** How many steps to ask for in one go. */
  get burst(): number {
    return this.#size.steps;
  }

  /** Asks for steps. Only where each occupies this thread, there is room for messages between the networks. */
  async start(orders: readonly StepOrder[], networks: readonly TrainedNetwork[], signal: AbortSignal): Promise<void> {
    if (this.isEmpty) {
      this.#began = performance.now();
      this.#latest = [];
    }
    const burst: UnderWay[] = [];
    this.#bursts.push(burst);
    for (const order of orders) {
      const results: UnderWay['results'] = [];
      burst.push({ order, results });
      for (const network of networks) {
        const done = network.trainer.step(order.images, order.learningRate).then((result) => ({ network, result }));
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
    const [oldest = []] = this.#bursts;
    // Trainers may be disposed only after all of their work has ended, well or badly.
    await Promise.allSettled(oldest.flatMap(({ results }) => results));
    this.#bursts.shift();
    const steps = await Promise.all(
      oldest.map(async ({ order, results }) => ({ order, results: await Promise.all(results) })),
    );
    const end = performance.now();
    this.#size.arrived(steps.length, end, this.#began);
    return { steps, msPerStep: this.#timed(end, steps.length) };
  }

  /**
   * Milliseconds for one step, from as many bursts as may be under way: some may come back together, and then the
   * time since the one before says nothing.
   */
  #timed(end: number, steps: number): number {
    const most = this.lookahead === 1 ? 1 : BURSTS;
    this.#latest = [...this.#latest.slice(-most), { end, steps }];
    const counted = this.#latest.slice(-most);
    const since = this.#latest.length > most ? this.#latest[0]?.end : this.#began;
    const all = counted.reduce((sum, burst) => sum + burst.steps, 0);
    return (end - (since ?? this.#began)) / Math.max(1, all);
  }

  /** Waits until nothing is under way, whatever becomes of it. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#bursts.flatMap((burst) => burst.flatMap(({ results }) => results)));
    this.#bursts = [];
  }
}
