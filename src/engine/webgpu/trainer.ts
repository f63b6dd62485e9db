/** Trains one network by its plan. */

import type { ImageSet, TrainingImages } from '../../data/images.ts';
import type { ChannelStatistics } from '../../network/foldedNorms.ts';
import type { NetworkGraph, NodeId } from '../../network/graph.ts';
import { adamCorrections } from '../../ops/optimizer/optimizer.ts';
import type { Preparation, Snapshot, StepResult, UpdateRule } from '../engine.ts';
import { resultCount, resultReader, resultShape } from '../plan/results.ts';
import { PlannedTrainer } from '../plan/trainer.ts';
import type { GpuContext } from './context.ts';
import { Evaluator } from './evaluator.ts';
import { inspect } from './inspector.ts';
import { ParameterStore } from './parameterStore.ts';
import { compileInspection, compileSignals, compileTraining } from './plan/compile.ts';
import { readBack } from './readback.ts';
import { disposeReady, makeReady, type ReadyPlan } from './readyPlan.ts';
import type { Feed } from './stepQueue.ts';

export class GpuTrainer extends PlannedTrainer {
  private readonly store: ParameterStore;
  private readonly evaluator: Evaluator;
  private readonly read: (numbers: Float32Array) => StepResult;
  private ready: Promise<ReadyPlan | null> = Promise.resolve(null);
  /** What `ready` has come to, so that steps need not wait for it. */
  private now: ReadyPlan | null = null;
  /** Updates asked for since the network got its parameters, and those that came to nothing since it had stopped. */
  private updates = 0;
  private refused = { count: 0 };
  /** The latest step's encoding, how many steps still wait for theirs, and its results. */
  private pushed: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private pending: Promise<unknown> = Promise.resolve();
  /** A reading of the network that has not ended: steps that are asked for meanwhile wait for it. Null where there is none. */
  private looking: Promise<unknown> | null = null;

  constructor(
    private readonly context: GpuContext,
    graph: NetworkGraph,
    initial: readonly Float32Array[],
    private readonly rule: UpdateRule,
    images: TrainingImages,
  ) {
    super(graph, images);
    this.store = new ParameterStore(context.device, graph, rule);
    const { parameters, drops } = this.store;
    this.evaluator = new Evaluator(context, graph, { parameters, drops });
    this.read = resultReader(graph);
    this.restore({ parameters: initial, moments: [], updates: 0 });
  }

  /**
   * Compiles the plans for minibatches and calibrations of up to so many images. Steps and evaluations do it where it has
   * not been done.
   * @throws EngineRefusal
   */
  async prepare({ batch, calibration, onProgress }: Preparation): Promise<void> {
    await this.readyFor(batch, onProgress);
    await this.evaluator.prepare(this.keepsAverages ? 0 : calibration);
  }

  async step(images: Uint32Array, learningRate: number): Promise<StepResult> {
    this.updates++;
    const { refused } = this;
    const corrections = adamCorrections(this.updates);
    const pushed = this.enqueue({ set: this.images.train, images, learningRate, corrections });
    this.pushed = pushed.catch(() => undefined);
    const done = pushed.then(({ numbers }) => numbers);
    this.pending = done.catch(() => undefined);
    const result = this.read(await done);
    // The network stands still from its first overflow on, unless it was the update itself that overflowed.
    if (result.overflow !== null && result.overflow.where !== 'weight') refused.count++;
    return result;
  }

  gradients(images: Uint32Array): Promise<{ loss: number; parameters: Float32Array[] }> {
    return this.between(() => this.gradientsNow(images));
  }

  private async gradientsNow(images: Uint32Array): Promise<{ loss: number; parameters: Float32Array[] }> {
    const { device } = this.context;
    const { plan, runner, own } = await this.readyFor(images.length);
    runner.submit({ set: this.images.train, images }, plan.untilGradients);
    const gradients = own.gradients as GPUBuffer;
    const [losses, all] = await readBack(device, [
      { buffer: runner.buffer(plan.losses), bytes: 4 * images.length },
      { buffer: gradients, bytes: gradients.size },
    ]);
    return {
      loss: (losses?.reduce((sum, value) => sum + value, 0) ?? Number.NaN) / images.length,
      parameters: this.store.unpacked(all ?? new Float32Array()),
    };
  }

  async snapshot(): Promise<Snapshot> {
    const { updates: asked, refused, pending } = this;
    // At once where that can be: steps that are asked for from now on are not in it.
    if (this.waiting > 0 || !this.now) await this.flush();
    else this.now.queue.flush();
    const [values] = await Promise.all([this.store.read(), pending]);
    const updates = asked - refused.count;
    const { parameters, moments, averages } = values;
    const kept = this.keepsAverages && { averages };
    return { parameters, moments: updates === 0 ? [] : moments, updates, ...kept };
  }

  restore(snapshot: Snapshot): void {
    // Steps that were asked for before train what was there before.
    this.now?.queue.flush();
    this.store.write(snapshot);
    this.updates = snapshot.updates;
    this.refused = { count: 0 };
  }

  dispose(): void {
    if (this.looking) void this.looking.then(() => this.free());
    else this.free();
  }

  private free(): void {
    const { now } = this;
    this.now = null;
    // Before what its last steps use, which may not have been submitted yet.
    if (now) disposeReady(now);
    else this.ready.then((ready) => ready && disposeReady(ready)).catch(() => undefined);
    this.evaluator.dispose();
    this.store.dispose();
  }

  private get keepsAverages(): boolean {
    return this.rule.stats === 'running';
  }

  protected async calibrate(images: Uint32Array): Promise<Float32Array> {
    if (this.keepsAverages) {
      const { parameters, averages } = await this.store.read();
      await this.evaluator.applyStatistics(averages, parameters);
    } else await this.evaluator.calibrate(this.images.train, images);
    return new Float32Array();
  }

  protected classify(set: ImageSet, images: Uint32Array): Promise<Float32Array> {
    return this.evaluator.logits(set, images);
  }

  protected async readStatistics(): Promise<ChannelStatistics[]> {
    return this.keepsAverages ? [...(await this.store.read()).averages] : this.evaluator.statistics();
  }

  protected look(set: 'train' | 'test', images: Uint32Array, nodes: readonly NodeId[], backwards: boolean) {
    const { context, graph } = this;
    const compile = backwards ? compileSignals : compileInspection;
    const plan = compile(graph, images.length, context.tuning, nodes);
    const shapes = nodes.map((node) => graph.nodes[node]?.shape ?? ([1, 1, 1] as const));
    const { parameters, control, drops } = this.store;
    const own = { parameters, control, drops };
    return inspect(context, plan, own, { set: this.images[set], images }, backwards ? [...shapes, ...shapes] : shapes);
  }

  /** Encodes a step. @returns when that is done, its results to come */
  private async enqueue(feed: Feed): Promise<{ readonly numbers: Promise<Float32Array> }> {
    const { looking } = this;
    const fits = !looking && this.waiting === 0 && this.now && this.now.plan.images >= feed.images.length;
    this.waiting++;
    try {
      if (looking) await looking;
      const { queue } = fits && this.now ? this.now : await this.readyFor(feed.images.length);
      return { numbers: queue.push(feed) };
    } finally {
      this.waiting--;
    }
  }

  /** Submits the steps that were asked for, so that what comes next does not overtake them. */
  private async flush(pushed = this.pushed): Promise<void> {
    await pushed;
    (await this.ready)?.queue.flush();
  }

  protected between<T>(work: () => Promise<T>): Promise<T> {
    const { looking, pushed } = this;
    const found = (looking ?? Promise.resolve()).then(() => this.flush(pushed)).then(work);
    const over: Promise<unknown> = found
      .catch(() => undefined)
      .finally(() => {
        if (this.looking === over) this.looking = null;
      });
    this.looking = over;
    return found;
  }

  /** The plan for so many images. Requests queue up: each starts from the plan that the one before has made. */
  private readyFor(batch: number, onProgress?: (done: number, total: number) => void): Promise<ReadyPlan> {
    const ready = this.ready.then((known) => this.replaced(known, batch, onProgress));
    this.ready = ready;
    return ready;
  }

  private async replaced(
    known: ReadyPlan | null,
    batch: number,
    onProgress?: (done: number, total: number) => void,
  ): Promise<ReadyPlan> {
    if (known && known.plan.images >= batch) return known;
    this.now = null;
    known?.queue.flush();
    if (known) disposeReady(known);
    this.now = await this.make(batch, onProgress);
    return this.now;
  }

  private make(batch: number, onProgress?: (done: number, total: number) => void): Promise<ReadyPlan> {
    const { context, graph, rule, store } = this;
    const plan = compileTraining(graph, rule, batch, context.tuning);
    return makeReady(context, plan, store, 4 * resultCount(resultShape(graph)), onProgress);
  }
}
