/** Trains one network by its programs. */
import { gather } from '../../data/gather.ts';
import type { ImageSet, TrainingImages } from '../../data/images.ts';
import { serial } from '../../experiment/serial.ts';
import type { ChannelStatistics } from '../../network/foldedNorms.ts';
import { CLASSES, type NetworkGraph, type NodeId, type WeightLayer } from '../../network/graph.ts';
import { NORM_EPSILON } from '../../ops/batchNorm/op.ts';
import { keyOf, pcg, thresholdOf } from '../../ops/drop/mask.ts';
import { elements } from '../../ops/shapes.ts';
import { logProbabilities } from '../../ops/softmaxCrossEntropy/reference.ts';
import { countWrong } from '../classify.ts';
import type { Preparation, Signals, Snapshot, StepResult, Trainer, UpdateRule } from '../engine.ts';
import { adamCorrections, clipFactor } from '../optimizer.ts';
import { packsOf } from '../plan/packs.ts';
import { packParameter, unpackParameter } from '../plan/parameterLayout.ts';
import { resultReader } from '../plan/results.ts';
import { perImage, requireBehindInput } from '../signals.ts';
import type { PlanBuffer } from './kernels/kernel.ts';
import { updateNumbers } from './kernels/optimizerStep.ts';
import { type EvaluationPlan, PIECE_BYTES, planSignals, type TrainingPlan } from './plan/compile.ts';
import { control, type Layout, required } from './plan/layout.ts';
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

/** Images classified at a time, to bound memory. */
const CLASSIFIED_AT_A_TIME = 250;
const LOGITS = 4 * packsOf(CLASSES);

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

export class CpuTrainer implements Trainer {
  private readonly planned: Planned;
  private readonly layout: Layout;
  private readonly store: Store;
  private readonly read: (numbers: ArrayLike<number>) => StepResult;
  private training: Ready<TrainingPlan> | null = null;
  private calibrating: Ready<EvaluationPlan> | null = null;
  private classifying: Ready<EvaluationPlan> | null = null;
  private updates = 0;
  /** Of the run that is under way. */
  private labels: Uint8Array = new Uint8Array();
  private feed: Feed = { learningRate: 0, still: true };
  private numbers: number[] = [];
  /** Everything is done in the order in which it was asked for. */
  private readonly next = serial();

  constructor(
    private readonly context: CpuContext,
    private readonly graph: NetworkGraph,
    initial: readonly Float32Array[],
    private readonly rule: UpdateRule,
    private readonly images: TrainingImages,
  ) {
    this.planned = context.plansOf(graph, rule);
    this.layout = this.planned.layout;
    this.store = context.memories.take();
    this.store.need(this.layout.end);
    this.store.floats.fill(0, 0, this.layout.end / 4);
    this.read = resultReader(graph);
    this.write({ parameters: initial, moments: [], updates: 0 });
  }

  /** Makes the programs ready; what needs them does it where it has not been done. */
  async prepare({ batch, calibration, onProgress }: Preparation): Promise<void> {
    await this.trainer(batch);
    onProgress?.(1, 3);
    await this.calibrator(calibration);
    onProgress?.(2, 3);
    await this.classifier();
    onProgress?.(3, 3);
  }

  step(images: Uint32Array, learningRate: number): Promise<StepResult> {
    return this.next(async () => {
      await this.backpropagate(images, { learningRate, still: false });
      return this.result();
    });
  }

  gradients(images: Uint32Array): Promise<{ loss: number; parameters: Float32Array[] }> {
    return this.next(async () => {
      await this.backpropagate(images, { learningRate: 0, still: true });
      const { store, layout } = this;
      const all = store.floatsAt(layout.gradients, layout.parameterBytes / 4);
      return {
        loss: this.numbers[0] ?? Number.NaN,
        parameters: layout.regions.regions.map((region) => unpackParameter(region, all)),
      };
    });
  }

  evaluate(
    calibration: Uint32Array,
    train: Uint32Array,
    test: Uint32Array,
  ): Promise<{ trainError: number; testError: number }> {
    return this.next(async () => {
      const calibrated = await this.calibrate(calibration);
      // The images that statistics are estimated from have been classified with them.
      const known = calibration.every((image, i) => train[i] === image) ? calibrated : new Float32Array();
      const errorOf = async (set: ImageSet, indices: Uint32Array, first: Float32Array) => {
        const labels = Uint8Array.from(indices, (index) => set.labels[index] ?? 0);
        const logits = new Float32Array(indices.length * CLASSES);
        logits.set(first);
        logits.set(await this.classify(set, indices.subarray(first.length / CLASSES)), first.length);
        return countWrong(logits, labels) / indices.length;
      };
      return {
        trainError: await errorOf(this.images.train, train, known),
        testError: await errorOf(this.images.test, test, new Float32Array()),
      };
    });
  }

  activations(set: 'train' | 'test', images: Uint32Array, nodes: readonly NodeId[]): Promise<Float32Array[]> {
    return this.next(async () => (await this.look(set, images, nodes, false)).outputs);
  }

  async signals(set: 'train' | 'test', images: Uint32Array, nodes: readonly NodeId[]): Promise<Signals> {
    requireBehindInput(this.graph, nodes);
    const { outputs, gradients } = await this.next(() => this.look(set, images, nodes, true));
    return { outputs, gradients: perImage(gradients, images.length) };
  }

  statistics(calibration: Uint32Array): Promise<ChannelStatistics[]> {
    return this.next(async () => {
      await this.calibrate(calibration);
      return this.graph.nodes.flatMap(({ id, op, shape }) => {
        if (op.kind !== 'batchNorm') return [];
        const found = this.channelsOf(id, calibration.length);
        const each = (of: 'mean' | 'variance') => Float32Array.from(found.slice(0, shape[2]), (channel) => channel[of]);
        return [{ node: id, mean: each('mean'), variance: each('variance') }];
      });
    });
  }

  logits(set: 'train' | 'test', images: Uint32Array, calibration: Uint32Array): Promise<Float32Array> {
    return this.next(async () => {
      await this.calibrate(calibration);
      return this.classify(this.images[set], images);
    });
  }

  snapshot(): Promise<Snapshot> {
    return this.next(async () => {
      const { store, layout, updates } = this;
      const read = (address: number) => {
        const all = store.floatsAt(address, layout.parameterBytes / 4);
        return layout.regions.regions.map((region) => unpackParameter(region, all));
      };
      const moments = Array.from({ length: updates === 0 ? 0 : layout.momentsPerParameter }, (_, which) =>
        read(layout.moments + which * layout.parameterBytes),
      );
      const parameters = read(layout.parameters);
      return {
        parameters,
        moments: parameters.flatMap((_, id) => moments.map((each) => each[id] as Float32Array)),
        updates,
      };
    });
  }

  restore(snapshot: Snapshot): void {
    void this.next(async () => this.write(snapshot));
  }

  dispose(): void {
    void this.next(async () => {
      for (const each of [this.training, this.calibrating, this.classifying]) each?.runner.dispose();
      this.context.memories.give(this.store);
    });
  }

  private write({ parameters, moments, updates }: Snapshot): void {
    const { store, layout } = this;
    const { regions } = layout.regions;
    const put = (address: number, valuesOf: (id: number) => Float32Array | undefined) => {
      const all = store.floatsAt(address, layout.parameterBytes / 4);
      all.fill(0);
      regions.forEach((region, id) => {
        const values = valuesOf(id);
        if (values) packParameter(region, values, all);
      });
    };
    put(layout.parameters, (id) => parameters[id]);
    for (let which = 0; which < layout.momentsPerParameter; which++) {
      put(layout.moments + which * layout.parameterBytes, (id) => moments[id * layout.momentsPerParameter + which]);
    }
    this.updates = updates;
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
      loss: () => this.lose(this.training),
      finiteCheck: () => this.judge(),
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
    this.classifying ??= await this.ready(this.planned.classifying.compiled(CLASSIFIED_AT_A_TIME));
    return this.classifying;
  }

  private bring(runner: Runner, pixels: PlanBuffer, set: ImageSet, images: Uint32Array): void {
    const found = gather(set, this.images.size, images);
    const { floats } = this.store;
    const area = this.images.size ** 2;
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
    this.collectMoves(ready);
  }

  /** The loss and its gradient by the logits, in float64. */
  private lose(ready: Ready<Pick<TrainingPlan, 'buffers'>> | null): void {
    if (!ready) return;
    const { runner, plan } = ready;
    const { logits, lossGradient } = plan.buffers;
    this.numbers = [this.lossOf(runner, logits, lossGradient)];
  }

  private lossOf(runner: Runner, logits: PlanBuffer, gradient: PlanBuffer): number {
    const { floats } = this.store;
    const { labels } = this;
    let loss = 0;
    labels.forEach((label, image) => {
      const from = (runner.address(logits) + image * logits.stride) / 4;
      const to = (runner.address(gradient) + image * gradient.stride) / 4;
      const values = Float64Array.from(floats.subarray(from, from + CLASSES));
      const logs = logProbabilities({ shape: [1, 1, 1, CLASSES], values });
      loss -= logs[label] ?? Number.NaN;
      logs.forEach((log, k) => {
        floats[to + k] = (Math.exp(log) - (k === label ? 1 : 0)) / labels.length;
      });
      floats.fill(0, to + CLASSES, to + LOGITS);
    });
    return loss / labels.length;
  }

  /** Reads what was measured; decides by how much gradients are clipped, and whether the network stands still. */
  private judge(): void {
    const { training, store, graph } = this;
    if (!training) return;
    const { runner, plan } = training;
    const images = this.labels.length;
    const loss = this.numbers[0] ?? Number.NaN;
    const layers = graph.layers.flatMap((layer, i) => this.measured(training, layer, plan.layers[i]?.end ?? 0, images));
    const squares = graph.parameters.map(() => 0);
    const pieces = runner.address(plan.buffers.pieces) / 8;
    plan.pieces.forEach(({ parameter }, i) => {
      const at = pieces + (i * PIECE_BYTES) / 8;
      squares[parameter] = (squares[parameter] ?? 0) + (store.doubles[at] ?? 0) + (store.doubles[at + 1] ?? 0);
    });
    const all = squares.reduce((sum, each) => sum + each, 0);
    // Dead fractions are finite.
    const allFinite = [loss, all, ...layers].every(Number.isFinite);
    this.numbers = [loss, Number(!allFinite), ...layers, ...squares.flatMap((square) => [Math.sqrt(square), 0, 0])];
    const moves = allFinite && !this.feed.still;
    if (moves) this.updates++;
    const { first, second } = this.rule.opt === 'adam' ? adamCorrections(this.updates) : { first: 1, second: 1 };
    const values = [this.feed.learningRate, clipFactor(Math.sqrt(all), this.rule.clip), first, second];
    store.floats.set(values, control.numbers / 4);
    store.words[control.numbers / 4 + updateNumbers.indexOf('moves')] = Number(moves);
  }

  /** Of a layer: signal gradient, response, dead share. */
  private measured({ plan, runner }: Ready<TrainingPlan>, layer: WeightLayer, end: NodeId, images: number): number[] {
    const { doubles } = this.store;
    const shape = this.graph.nodes[layer.z]?.shape ?? [1, 1, 1];
    const squares = plan.buffers.squares.get(layer.z);
    let sum = 0;
    for (let image = 0; squares && image < images; image++) {
      const at = (runner.address(squares) + image * squares.stride) / 8;
      sum += (doubles[at] ?? 0) + (doubles[at + 1] ?? 0);
    }
    const signal = images * Math.sqrt(sum / (images * elements(shape)));
    return [signal, this.responseStd(layer, images), this.deadShare(runner, plan, layer, end)];
  }

  /** Mean and variance of each channel that a norm reads, or that a layer makes. */
  private channelsOf(node: NodeId, images: number): { readonly mean: number; readonly variance: number }[] {
    const { doubles } = this.store;
    const [rows, columns, channels] = this.graph.nodes[node]?.shape ?? [1, 1, 1];
    const start = required(this.layout.norms, node) / 8;
    const count = images * rows * columns;
    return Array.from({ length: channels }, (_, channel) => {
      const at = start + 8 * Math.floor(channel / 4) + (channel % 4);
      const mean = (doubles[at] ?? 0) / count;
      const variance = (doubles[at + 4] ?? 0) / count - mean * mean;
      return { mean, variance: variance < 0 ? 0 : variance };
    });
  }

  private responseStd({ z, response }: WeightLayer, images: number): number {
    const { op } = this.graph.nodes[response] ?? {};
    const { floats } = this.store;
    const parameter = (id: number, channel: number) => {
      const first = this.layout.regions.regions[id]?.first ?? 0;
      return floats[this.layout.parameters / 4 + 4 * first + channel] ?? 0;
    };
    const channels = this.channelsOf(op?.kind === 'batchNorm' ? response : z, images).map((channel, i) => {
      if (op?.kind !== 'batchNorm') return channel;
      const share = channel.variance / (channel.variance + NORM_EPSILON);
      return { mean: parameter(op.shift, i), variance: parameter(op.scale, i) ** 2 * share };
    });
    const mean = channels.reduce((sum, each) => sum + each.mean, 0) / channels.length;
    const spread = channels.reduce((sum, each) => sum + each.variance + (each.mean - mean) ** 2, 0);
    return Math.sqrt(spread / channels.length);
  }

  private deadShare(runner: Runner, { buffers }: TrainingPlan, layer: WeightLayer, end: NodeId): number {
    const counts = buffers.dead.get(end);
    if (!counts) return 0;
    const at = runner.address(counts) / 4;
    const dead = this.store.floats.subarray(at, at + 4).reduce((sum, each) => sum + each, 0);
    const [rows, columns, channels] = this.graph.nodes[layer.output]?.shape ?? [1, 1, 1];
    // What fills up packs was counted too: a ReLU's is never above 0, the derivative of tanh at 0 is 1.
    const filling = layer.activation === 'tanh' ? 0 : rows * columns * (4 * packsOf(channels) - channels);
    return (dead - filling) / (rows * columns * channels);
  }

  private collectMoves({ plan, runner }: Ready<TrainingPlan>): void {
    const { doubles } = this.store;
    const { parameters } = this.graph;
    const sums = parameters.map(() => [0, 0] as [number, number]);
    const pieces = runner.address(plan.buffers.pieces) / 8;
    plan.pieces.forEach(({ parameter }, i) => {
      const at = pieces + (i * PIECE_BYTES) / 8;
      const sum = sums[parameter];
      if (!sum) return;
      sum[0] += (doubles[at + 2] ?? 0) + (doubles[at + 3] ?? 0);
      sum[1] += (doubles[at + 4] ?? 0) + (doubles[at + 5] ?? 0);
    });
    const first = this.numbers.length - 3 * parameters.length;
    sums.forEach(([norm, moved], id) => {
      this.numbers[first + 3 * id + 1] = Math.sqrt(norm);
      this.numbers[first + 3 * id + 2] = Math.sqrt(moved);
    });
  }

  private result(): StepResult {
    return this.read(this.numbers);
  }

  /** Estimates statistics. @returns logits of the images with them, [images, CLASSES]; none where there are no statistics */
  private async calibrate(calibration: Uint32Array): Promise<Float32Array> {
    const ready = await this.calibrator(calibration.length);
    return ready ? this.forward(ready, this.images.train, calibration) : new Float32Array();
  }

  /** Logits with the statistics that are there. @returns [images, CLASSES] */
  private async classify(set: ImageSet, images: Uint32Array): Promise<Float32Array> {
    const ready = await this.classifier();
    const all = new Float32Array(images.length * CLASSES);
    for (let start = 0; start < images.length; start += CLASSIFIED_AT_A_TIME) {
      all.set(this.forward(ready, set, images.subarray(start, start + CLASSIFIED_AT_A_TIME)), start * CLASSES);
    }
    return all;
  }

  private forward({ runner, plan }: Ready<EvaluationPlan>, set: ImageSet, images: Uint32Array): Float32Array {
    this.bring(runner, plan.pixels, set, images);
    runner.start(images.length);
    const logits = new Float32Array(images.length * CLASSES);
    for (let i = 0; i < images.length; i++) {
      const from = (runner.address(plan.logits) + i * plan.logits.stride) / 4;
      logits.set(this.store.floats.subarray(from, from + CLASSES), i * CLASSES);
    }
    return logits;
  }

  private async look(
    set: 'train' | 'test',
    images: Uint32Array,
    nodes: readonly NodeId[],
    backwards: boolean,
  ): Promise<{ outputs: Float32Array[]; gradients: Float32Array[] }> {
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
    lose = () => plan.lossGradient && this.lossOf(runner, plan.logits, plan.lossGradient);
    this.bring(runner, plan.pixels, this.images[set], images);
    this.draw();
    runner.start(images.length);
    const read = (buffer: PlanBuffer, i: number) => this.unpacked(runner, buffer, nodes[i] ?? 0, images.length);
    const outputs = plan.outputs.map(read);
    const gradients = plan.gradients.map(read);
    runner.dispose();
    return { outputs, gradients };
  }

  /** From packs to [images, rows, columns, channels]. */
  private unpacked(runner: Runner, buffer: PlanBuffer, node: NodeId, images: number): Float32Array {
    const [rows, columns, channels] = this.graph.nodes[node]?.shape ?? [1, 1, 1];
    const pixels = rows * columns;
    const pixel = 4 * packsOf(channels);
    const values = new Float32Array(images * pixels * channels);
    for (let image = 0; image < images; image++) {
      const start = (runner.address(buffer) + image * buffer.stride) / 4;
      for (let i = 0; i < pixels; i++) {
        const from = start + i * pixel;
        values.set(this.store.floats.subarray(from, from + channels), (image * pixels + i) * channels);
      }
    }
    return values;
  }
}
