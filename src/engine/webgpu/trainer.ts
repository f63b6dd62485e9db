/** Trains one network of a gang. */

import type { ImageSet, TrainingImages } from '../../data/images.ts';
import type { ChannelStatistics } from '../../network/foldedNorms.ts';
import type { NodeId } from '../../network/graph.ts';
import { adamCorrections } from '../../ops/optimizer/optimizer.ts';
import type { Preparation, Snapshot, StepResult } from '../engine.ts';
import { resultReader } from '../plan/results.ts';
import { PlannedTrainer } from '../plan/trainer.ts';
import { Evaluator } from './evaluator.ts';
import type { Gang } from './gang.ts';
import { inspect } from './inspector.ts';
import { compileInspection, compileSignals } from './plan/compile.ts';
import { readBack } from './readback.ts';
import type { Feed } from './stepQueue.ts';

export class GpuTrainer extends PlannedTrainer {
  private readonly evaluator: Evaluator;
  private readonly read: (numbers: Float32Array) => StepResult;
  /** Updates asked for since the network got its parameters, and those that came to nothing since it had stopped. */
  private updates = 0;
  private refused = { count: 0 };
  /** The latest step's encoding, how many steps still wait for theirs, and its results. */
  private pushed: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private pending: Promise<unknown> = Promise.resolve();
  /** A reading of the network that has not ended: steps that are asked for meanwhile wait for it. Null where there is none. */
  private looking: Promise<unknown> | null = null;

  /** @param network which of the gang */
  constructor(
    private readonly gang: Gang,
    private readonly network: number,
    initial: readonly Float32Array[],
    images: TrainingImages,
  ) {
    const { context, graph, store, networks } = gang;
    super(graph, images);
    const { parameters, drops } = store;
    this.evaluator = new Evaluator(context, graph, { parameters, drops }, { network, networks });
    this.read = resultReader(graph);
    this.restore({ parameters: initial, moments: [], updates: 0 });
  }

  /**
   * Compiles the plans for minibatches and calibrations of up to so many images. Steps and evaluations do it where it has
   * not been done.
   * @throws EngineRefusal
   */
  async prepare({ batch, calibration, onProgress }: Preparation): Promise<void> {
    await this.gang.readyFor(batch, onProgress);
    await this.evaluator.prepare(this.keepsAverages ? 0 : calibration);
  }

  async step(images: Uint32Array, learningRate: number): Promise<StepResult> {
    this.updates++;
    const { refused, network } = this;
    const corrections = adamCorrections(this.updates);
    const pushed = this.enqueue({ network, set: this.images.train, images, learningRate, corrections });
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
    const { gang, network } = this;
    const { plan, runner, own } = await gang.readyFor(images.length);
    runner.submit({ set: this.images.train, images }, network, plan.untilGradients);
    const bytes = 4 * images.length;
    const [losses, all] = await readBack(gang.context.device, [
      {
        buffer: runner.buffer(plan.losses),
        bytes,
        parts: [{ offset: (network * plan.losses.bytes) / plan.networks, bytes }],
      },
      gang.store.span(own.gradients as GPUBuffer, network),
    ]);
    return {
      loss: (losses?.reduce((sum, value) => sum + value, 0) ?? Number.NaN) / images.length,
      parameters: gang.store.unpacked(all ?? new Float32Array()),
    };
  }

  async snapshot(): Promise<Snapshot> {
    const { updates: asked, refused, pending } = this;
    // At once where that can be: steps that are asked for from now on are not in it.
    const { gang } = this;
    if (this.waiting > 0 || !gang.now) await this.flush();
    else gang.now.queue.flush();
    const [values] = await Promise.all([gang.store.read(this.network), pending]);
    const updates = asked - refused.count;
    const { parameters, moments, averages } = values;
    const kept = this.keepsAverages && { averages };
    return { parameters, moments: updates === 0 ? [] : moments, updates, ...kept };
  }

  restore(snapshot: Snapshot): void {
    // Steps that were asked for before train what was there before.
    this.gang.now?.queue.flush();
    this.gang.store.write(this.network, snapshot);
    this.updates = snapshot.updates;
    this.refused = { count: 0 };
  }

  dispose(): void {
    if (this.looking) void this.looking.then(() => this.free());
    else this.free();
  }

  private free(): void {
    this.gang.leave();
    this.evaluator.dispose();
  }

  private get keepsAverages(): boolean {
    return this.gang.rule.stats === 'running';
  }

  protected async calibrate(images: Uint32Array): Promise<Float32Array> {
    if (this.keepsAverages) {
      const { parameters, averages } = await this.gang.store.read(this.network);
      await this.evaluator.applyStatistics(averages, parameters);
    } else await this.evaluator.calibrate(this.images.train, images);
    return new Float32Array();
  }

  protected classify(set: ImageSet, images: Uint32Array): Promise<Float32Array> {
    return this.evaluator.logits(set, images);
  }

  protected async readStatistics(): Promise<ChannelStatistics[]> {
    return this.keepsAverages ? [...(await this.gang.store.read(this.network)).averages] : this.evaluator.statistics();
  }

  protected look(set: 'train' | 'test', images: Uint32Array, nodes: readonly NodeId[], backwards: boolean) {
    const { network } = this;
    const { context, graph, networks, store } = this.gang;
    const compile = backwards ? compileSignals : compileInspection;
    const plan = compile(graph, images.length, context.tuning, nodes);
    const shapes = nodes.map((node) => graph.nodes[node]?.shape ?? ([1, 1, 1] as const));
    const { parameters, control, drops } = store;
    const fed = { set: this.images[set], images };
    const found = backwards ? [...shapes, ...shapes] : shapes;
    return inspect(context, plan, { parameters, control, drops }, { network, networks }, fed, found);
  }

  /** Encodes a step. @returns when that is done, its results to come */
  private async enqueue(feed: Feed): Promise<{ readonly numbers: Promise<Float32Array> }> {
    const { looking, gang } = this;
    const { now } = gang;
    const fits = !looking && this.waiting === 0 && now && now.plan.images >= feed.images.length;
    this.waiting++;
    try {
      if (looking) await looking;
      const { queue } = fits ? now : await gang.readyFor(feed.images.length);
      return { numbers: queue.push(feed) };
    } finally {
      this.waiting--;
    }
  }

  /** Submits the steps that were asked for, so that what comes next does not overtake them. */
  private async flush(pushed = this.pushed): Promise<void> {
    await pushed;
    await this.gang.flush();
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
}
