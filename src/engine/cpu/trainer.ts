/** Trains one network by its programs. */
import { gather } from '../../data/gather.ts';
import type { ImageSet, TrainingImages } from '../../data/images.ts';
import { serial } from '../../experiment/serial.ts';
import type { ChannelStatistics } from '../../network/foldedNorms.ts';
import { classesOf, type NetworkGraph, type NodeId } from '../../network/graph.ts';
import { NORM_EPSILON } from '../../ops/batchNorm/op.ts';
import { keyOf, pcg, thresholdOf } from '../../ops/drop/mask.ts';
import { adamCorrections, clipFactor } from '../../ops/optimizer/optimizer.ts';
import type { Preparation, Snapshot, StepResult, UpdateRule } from '../engine.ts';
import { PACK, packsOf, withoutFilling } from '../plan/packs.ts';
import { packAll, unpackAll } from '../plan/parameterLayout.ts';
import { resultReader } from '../plan/results.ts';
import { PlannedTrainer } from '../plan/trainer.ts';
import { averaged, initialAverages, unbiasing } from '../runningAverages.ts';
import type { PlanBuffer } from './kernels/kernel.ts';
import { updateNumbers } from './kernels/optimizerStep.ts';
import { type NormPart, normOffset } from './kernels/values.ts';
import { Measurements } from './measurements.ts';
import { type EvaluationPlan, planSignals, type TrainingPlan } from './plan/compile.ts';
import { control, type Layout, parameterAt, required } from './plan/layout.ts';
import { type Compiled, compiled, type Planned } from './plan/planned.ts';
import type { Machine } from './plan/program.ts';
import { type MemoryPool, Runner, type Store } from './runner.ts';
import type { Team } from './threads/team.ts';

/** What the networks of an engine share. */
export interface CpuContext {
  readonly machine: Machine;
  readonly team: Team;
  readonly memories: MemoryPool;
  readonly plansOf: (graph: NetworkGraph, rule: UpdateRule) => Planned;
}

interface Ready<P> {
  readonly plan: P;
  readonly runner: Runner;
}

/** What a run of the training program is for. */
interface Feed {
  readonly learningRate: number;
  /** Only measures: the parameters stay. */
  readonly still: boolean;
}

export class CpuTrainer extends PlannedTrainer {
  memory: number | undefined;
  private readonly planned: Planned;
  private readonly layout: Layout;
  private readonly store: Store;
  private readonly read: (numbers: ArrayLike<number>) => StepResult;
  private training: Ready<TrainingPlan> | null = null;
  private calibrating: Ready<EvaluationPlan> | null = null;
  private classifying: Ready<EvaluationPlan> | null = null;
  private updates = 0;
  /** In use only where the rule says so. */
  private averages: readonly ChannelStatistics[];
  /** Of the run that is under way. */
  private labels: Uint8Array = new Uint8Array();
  private feed: Feed = { learningRate: 0, still: true };
  private numbers: number[] = [];
  private readonly measurements: Measurements;
  /** Everything is done in the order in which it was asked for. */
  protected readonly between = serial();

  constructor(
    private readonly context: CpuContext,
    graph: NetworkGraph,
    initial: readonly Float32Array[],
    private readonly rule: UpdateRule,
    images: TrainingImages,
  ) {
    super(graph, images);
    this.planned = context.plansOf(graph, rule);
    this.layout = this.planned.layout;
    this.store = context.memories.take();
    this.store.need(this.layout.end);
    this.store.floats.fill(0, 0, this.layout.end / 4);
    this.measurements = new Measurements(graph, this.layout, this.store);
    this.read = resultReader(graph);
    this.averages = initialAverages(graph);
    this.write({ parameters: initial, moments: [], updates: 0 });
  }

  /** Makes the programs ready; what needs them does it where it has not been done. */
  async prepare({ batch, calibration, onProgress }: Preparation): Promise<void> {
    await this.trainer(batch);
    onProgress?.(1, 3);
    if (!this.keepsAverages) await this.calibrator(calibration);
    onProgress?.(2, 3);
    await this.classifier();
    this.memory = this.planned.memory(this.rule, batch);
    onProgress?.(3, 3);
  }

  step(images: Uint32Array, learningRate: number): Promise<StepResult> {
    return this.between(async () => {
      const { updates } = this;
      await this.backpropagate(images, { learningRate, still: false });
      if (this.keepsAverages && this.updates > updates) this.average(images.length);
      return this.read(this.numbers);
    });
  }

  gradients(images: Uint32Array): Promise<{ loss: number; parameters: Float32Array[] }> {
    return this.between(async () => {
      await this.backpropagate(images, { learningRate: 0, still: true });
      const { store, layout } = this;
      const all = store.floatsAt(layout.gradients, layout.parameterBytes / 4);
      return { loss: this.numbers[0] ?? Number.NaN, parameters: unpackAll(layout.regions, all) };
    });
  }

  snapshot(): Promise<Snapshot> {
    return this.between(async () => {
      const { store, layout, updates } = this;
      const read = (address: number) => unpackAll(layout.regions, store.floatsAt(address, layout.parameterBytes / 4));
      const moments = Array.from({ length: updates === 0 ? 0 : layout.momentsPerParameter }, (_, which) =>
        read(layout.moments + which * layout.parameterBytes),
      );
      const parameters = read(layout.parameters);
      return {
        parameters,
        moments: parameters.flatMap((_, id) => moments.map((each) => each[id] as Float32Array)),
        updates,
        ...(this.keepsAverages && { averages: this.averages }),
      };
    });
  }

  restore(snapshot: Snapshot): void {
    void this.between(async () => this.write(snapshot));
  }

  dispose(): void {
    void this.between(async () => {
      for (const each of [this.training, this.calibrating, this.classifying]) each?.runner.dispose();
      this.context.memories.give(this.store);
    });
  }

  private write({ parameters, moments, updates, averages }: Snapshot): void {
    const { store, layout } = this;
    const put = (address: number, valuesOf: (id: number) => Float32Array | undefined) =>
      packAll(layout.regions, valuesOf, store.floatsAt(address, layout.parameterBytes / 4));
    put(layout.parameters, (id) => parameters[id]);
    for (let which = 0; which < layout.momentsPerParameter; which++) {
      put(layout.moments + which * layout.parameterBytes, (id) => moments[id * layout.momentsPerParameter + which]);
    }
    this.updates = updates;
    this.averages = initialAverages(this.graph, averages);
  }

  private get keepsAverages(): boolean {
    return this.rule.stats === 'running';
  }

  /** Moves the running averages by the statistics that a step of so many images has left. */
  private average(images: number): void {
    const own = this.statisticsOf(images);
    this.averages = this.averages.map(({ node, mean, variance }, i) => {
      const [rows = 1, columns = 1] = this.graph.nodes[node]?.shape ?? [];
      return {
        node,
        mean: averaged(mean, own[i]?.mean ?? []),
        variance: averaged(variance, own[i]?.variance ?? [], unbiasing(images * rows * columns)),
      };
    });
  }

  /** Puts the running averages where the norms have what they apply. */
  private applyAverages(): void {
    const { graph, store, layout } = this;
    for (const { node, mean, variance } of this.averages) {
      const { op, shape } = graph.nodes[node] ?? {};
      if (op?.kind !== 'batchNorm') continue;
      const packs = packsOf(shape?.[2] ?? 0);
      const norm = (part: NormPart) =>
        store.floatsAt(required(layout.norms, node) + normOffset(part, packs), 4 * packs);
      const [scale, shift] = [op.scale, op.shift].map((id) => store.floatsAt(parameterAt(layout, id), 4 * packs));
      const [slope, intercept] = [norm('slope'), norm('intercept')];
      mean.forEach((center, channel) => {
        const inverseStd = 1 / Math.sqrt((variance[channel] ?? 0) + NORM_EPSILON);
        slope[channel] = (scale?.[channel] ?? 0) * inverseStd;
        intercept[channel] = (shift?.[channel] ?? 0) - (slope[channel] ?? 0) * center;
      });
    }
  }

  protected async readStatistics(images: number): Promise<ChannelStatistics[]> {
    return this.keepsAverages ? [...this.averages] : this.statisticsOf(images);
  }

  private statisticsOf(images: number): ChannelStatistics[] {
    return this.graph.nodes.flatMap(({ id, op, shape }) => {
      if (op.kind !== 'batchNorm') return [];
      const found = this.measurements.channelsOf(id, images);
      const each = (of: 'mean' | 'variance') => Float32Array.from(found.slice(0, shape[2]), (channel) => channel[of]);
      return [{ node: id, mean: each('mean'), variance: each('variance') }];
    });
  }

  private async ready<P>(
    made: Promise<Compiled<P>>,
    hosts: Parameters<typeof Runner.create>[3] = {},
  ): Promise<Ready<P>> {
    const done = await made;
    return { plan: done.plan, runner: await Runner.create(done, this.store, this.context.team, hosts) };
  }

  private async trainer(batch: number): Promise<Ready<TrainingPlan>> {
    if (this.training && this.training.runner.program.images >= batch) return this.training;
    this.training?.runner.dispose();
    this.training = await this.ready(this.planned.training.compiled(batch), {
      loss: () => {
        const { runner, plan } = this.training as Ready<TrainingPlan>;
        const { logits, lossGradient } = plan.buffers;
        this.numbers = [this.measurements.loss(runner, logits, lossGradient, this.labels)];
      },
      finiteCheck: () => this.judge(this.training as Ready<TrainingPlan>),
    });
    return this.training;
  }

  /** @returns null where there are no statistics to be estimated */
  private async calibrator(images: number): Promise<Ready<EvaluationPlan> | null> {
    if (!this.planned.calibrating || (this.calibrating && this.calibrating.runner.program.images >= images))
      return this.calibrating;
    this.calibrating?.runner.dispose();
    this.calibrating = await this.ready(this.planned.calibrating.compiled(images));
    return this.calibrating;
  }

  private async classifier(): Promise<Ready<EvaluationPlan>> {
    if (this.classifying) return this.classifying;
    const images = this.planned.classifiedAtATime(this.training?.runner.program.images ?? 0);
    this.classifying = await this.ready(this.planned.classifying.compiled(images));
    return this.classifying;
  }

  private bring(runner: Runner, pixels: PlanBuffer, set: ImageSet, images: Uint32Array): void {
    const found = gather(set, images);
    const { floats } = this.store;
    const area = found.pixels.length / images.length;
    const start = runner.address(pixels) / 4;
    images.forEach((_, i) => {
      floats.set(found.pixels.subarray(i * area, (i + 1) * area), start + (i * pixels.stride) / 4);
    });
    this.labels = found.labels;
  }

  /** What the masks of the next step follow from. */
  private draw(): void {
    const { words } = this.store;
    const draw = { seed: this.rule.seed, updates: this.updates };
    for (const [node, address] of this.layout.drops) {
      const { op } = this.graph.nodes[node] ?? {};
      if (op?.kind !== 'drop') continue;
      const key = keyOf(draw, node);
      words[address / 4] = key;
      words[address / 4 + 1] = pcg(key) >>> 8 < thresholdOf(op.keep) ? 0xffffffff : 0;
    }
  }

  private async backpropagate(images: Uint32Array, feed: Feed): Promise<void> {
    const ready = await this.trainer(images.length);
    const { runner, plan } = ready;
    this.bring(runner, plan.buffers.pixels, this.images.train, images);
    this.draw();
    this.feed = feed;
    runner.start(images.length);
    const first = this.numbers.length - 3 * this.graph.parameters.length;
    this.measurements.moves(plan, runner).forEach((moves, id) => {
      this.numbers.splice(first + 3 * id + 1, 2, ...moves);
    });
  }

  /** Reads what was measured; decides by how much gradients are clipped, and whether the network stands still. */
  private judge({ plan, runner }: Ready<TrainingPlan>): void {
    const { store, measurements, rule, feed } = this;
    const loss = this.numbers[0] ?? Number.NaN;
    const layers = measurements.ofLayers(plan, runner, this.labels.length);
    const squares = measurements.squares(plan, runner);
    const all = squares.reduce((sum, each) => sum + each, 0);
    // Dead fractions are finite.
    const allFinite = [loss, all, ...layers].every(Number.isFinite);
    this.numbers = [loss, Number(!allFinite), ...layers, ...squares.flatMap((square) => [Math.sqrt(square), 0, 0])];
    const moves = allFinite && !feed.still;
    if (moves) this.updates++;
    const { first, second } = adamCorrections(this.updates);
    const values = [feed.learningRate, clipFactor(Math.sqrt(all), rule.clip), first, second];
    store.floats.set(values, control.numbers / 4);
    store.words[control.numbers / 4 + updateNumbers.indexOf('moves')] = Number(moves);
  }

  protected async calibrate(images: Uint32Array): Promise<Float32Array> {
    if (this.keepsAverages) {
      this.applyAverages();
      return new Float32Array();
    }
    const ready = await this.calibrator(images.length);
    return ready ? this.forward(ready, this.images.train, images) : new Float32Array();
  }

  protected async classify(set: ImageSet, images: Uint32Array): Promise<Float32Array> {
    const ready = await this.classifier();
    const classes = classesOf(this.graph);
    const all = new Float32Array(images.length * classes);
    const most = ready.runner.program.images;
    for (let start = 0; start < images.length; start += most) {
      all.set(this.forward(ready, set, images.subarray(start, start + most)), start * classes);
    }
    return all;
  }

  private forward({ runner, plan }: Ready<EvaluationPlan>, set: ImageSet, images: Uint32Array): Float32Array {
    this.bring(runner, plan.pixels, set, images);
    runner.start(images.length);
    return this.entries(runner, plan.logits, images.length, 1, classesOf(this.graph));
  }

  protected async look(
    set: 'train' | 'test',
    images: Uint32Array,
    nodes: readonly NodeId[],
    backwards: boolean,
  ): Promise<Float32Array[]> {
    let lose = () => {};
    const { graph, layout } = this;
    const { machine } = this.context;
    const { plan, runner } = await this.ready(
      compiled(
        (module) => planSignals(graph, layout, module, machine.fma, nodes, backwards),
        images.length,
        layout,
        machine,
      ),
      { loss: () => lose() },
    );
    lose = () => plan.lossGradient && this.measurements.loss(runner, plan.logits, plan.lossGradient, this.labels);
    this.bring(runner, plan.pixels, this.images[set], images);
    this.draw();
    runner.start(images.length);
    const found = [...plan.outputs, ...plan.gradients].map((buffer, i) => {
      const [rows, columns, channels] = graph.nodes[nodes[i % nodes.length] ?? 0]?.shape ?? [1, 1, 1];
      return this.entries(runner, buffer, images.length, rows * columns, channels);
    });
    runner.dispose();
    return found;
  }

  /** What a buffer has of so many images, without what fills up packs. @returns [images, pixels, channels] */
  private entries(runner: Runner, buffer: PlanBuffer, images: number, pixels: number, channels: number): Float32Array {
    const all = new Float32Array(images * pixels * channels);
    for (let image = 0; image < images; image++) {
      const start = runner.address(buffer) + image * buffer.stride;
      const packed = this.store.floatsAt(start, PACK * pixels * packsOf(channels));
      all.set(withoutFilling(packed, channels), image * pixels * channels);
    }
    return all;
  }
}
