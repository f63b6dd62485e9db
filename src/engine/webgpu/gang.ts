/**
 * Networks of one graph that train side by side, a gang: one plan and one queue for all of them, so that their steps are taken by the same
 * dispatches where they are asked for in one go. What each of them has lies in the same buffers. A network by itself is a gang of one.
 */
import type { NetworkGraph } from '../../network/graph.ts';
import type { UpdateRule } from '../engine.ts';
import { packsOf } from '../plan/packs.ts';
import { resultCount, resultShape } from '../plan/results.ts';
import type { GpuContext } from './context.ts';
import { ParameterStore } from './parameterStore.ts';
import { compileTraining } from './plan/compile.ts';
import { disposeReady, makeReady, type ReadyPlan } from './readyPlan.ts';

type OnProgress = (done: number, total: number) => void;

export class Gang {
  readonly store: ParameterStore;
  readonly networks: number;
  private ready: Promise<ReadyPlan | null> = Promise.resolve(null);
  /** What `ready` has come to, so that steps need not wait for it. */
  private latest: ReadyPlan | null = null;
  private members: number;

  /** @param seeds of each network, for what is drawn in training */
  constructor(
    readonly context: GpuContext,
    readonly graph: NetworkGraph,
    readonly rule: UpdateRule,
    seeds: readonly number[],
  ) {
    this.networks = seeds.length;
    this.members = seeds.length;
    this.store = new ParameterStore(context.device, graph, rule.opt, seeds);
  }

  /** Null where there is no plan yet, or another one is being made. */
  get now(): ReadyPlan | null {
    return this.latest;
  }

  /** The plan for so many images. Requests queue up: each starts from the plan that the one before has made. */
  readyFor(batch: number, onProgress?: OnProgress): Promise<ReadyPlan> {
    const ready = this.ready.then((known) => this.replaced(known, batch, onProgress));
    this.ready = ready;
    return ready;
  }

  /** Submits the steps that were asked for. */
  async flush(): Promise<void> {
    (await this.ready)?.queue.flush();
  }

  /** A network is not used any more; with the last one goes all that they have. */
  leave(): void {
    this.members--;
    if (this.members > 0) {
      this.latest?.queue.flush();
      return;
    }
    const { latest } = this;
    this.latest = null;
    // Before what its last steps use, which may not have been submitted yet.
    if (latest) disposeReady(latest);
    else this.ready.then((ready) => ready && disposeReady(ready)).catch(() => undefined);
    this.store.dispose();
  }

  private async replaced(known: ReadyPlan | null, batch: number, onProgress?: OnProgress): Promise<ReadyPlan> {
    if (known && known.plan.images >= batch) return known;
    this.latest = null;
    known?.queue.flush();
    if (known) disposeReady(known);
    this.latest = await this.make(batch, onProgress);
    return this.latest;
  }

  private make(batch: number, onProgress?: OnProgress): Promise<ReadyPlan> {
    const { context, graph, rule, store, networks } = this;
    const plan = compileTraining(graph, rule, batch, context.tuning, networks);
    return makeReady(context, plan, store, 16 * packsOf(resultCount(resultShape(graph))), onProgress);
  }
}
