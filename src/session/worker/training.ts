/**
 * The networks of one experiment under training, in lock step: each step gives every network the
 * same minibatch, unless they have seeds of their own. Errors are evaluated before the first step, about ten times on the way, and at the
 * end. Where the images for an evaluation have not arrived, the network's parameters are kept and
 * evaluated later, so that no result depends on the speed of the connection.
 */
import { type EvaluationSample, evaluationSample, imagesNeeded } from '../../data/evaluationSample.ts';
import { type Minibatches, minibatches } from '../../data/minibatches.ts';
import type { ArrivingImages } from '../../data/openImages.ts';
import type { Snapshot, Trainer } from '../../engine/engine.ts';
import type { NetworkId, TrainingSpec } from '../../experiment/experiment.ts';
import { isEvaluationStep, learningRate } from '../../experiment/schedule.ts';
import type { MeasurementRecord } from '../../records/records.ts';
import { type Checkpoint, Checkpoints } from './checkpoints.ts';
import { breathe } from './jobs.ts';
import type { TrainedNetwork, TrainedNetworks } from './networks.ts';
import type { Speed } from './protocol.ts';
import { StepsAhead } from './stepsAhead.ts';
import { Stopwatch } from './stopwatch.ts';

export interface TrainingOptions extends TrainedNetworks {
  /** As it is now: the learning rate and the last step of a run may change on the way. */
  readonly spec: () => TrainingSpec;
  readonly arriving: ArrivingImages;
  readonly emit: (record: MeasurementRecord) => void;
  /** Aborted when the run is given up; then `advance` stops at the next chance and throws. */
  readonly signal: AbortSignal;
}

type Errors = Awaited<ReturnType<Trainer['evaluate']>>;

/** Enough for a median; the deepest networks take seconds for each. */
const TIMED_STEPS = 3;

/** An evaluation that waits for its images. */
interface Postponed {
  readonly network: NetworkId;
  readonly step: number;
  readonly snapshot: Snapshot;
}

export class Training {
  private readonly options: TrainingOptions;
  /** By seed. */
  private readonly batches = new Map<number, Minibatches>();
  private readonly sample: EvaluationSample;
  private evaluatedAt = -1;
  /** The evaluation of this step was interrupted, or has to be made once more. */
  private owesEvaluation = false;
  private networks: readonly TrainedNetwork[];
  private engine: TrainedNetworks['engine'];
  private ahead: StepsAhead;
  private readonly checkpoints = new Checkpoints();
  private readonly stopwatch = new Stopwatch();
  private active: readonly TrainedNetwork[];
  private asked = 0;
  private postponed: Postponed[] = [];
  /** Of networks that were evaluated before anybody trained. */
  private readonly untrainedErrors = new Map<NetworkId, Errors>();

  constructor(options: TrainingOptions) {
    const { train, batch, augment } = options.spec();
    const tests = options.arriving.images.test.count;
    this.options = options;
    for (const { seed } of options.networks) this.batches.set(seed, minibatches(seed, train, batch, augment));
    this.sample = evaluationSample(train, tests, tests);
    this.networks = options.networks;
    this.engine = options.engine;
    this.ahead = new StepsAhead(options.engine.lookahead);
    this.active = options.networks;
  }

  /** Steps asked for; the results of the latest may still be on their way. */
  get step(): number {
    return this.asked;
  }

  /** Null before the first results. */
  get speed(): Speed | null {
    return this.stopwatch.speed;
  }

  get started(): boolean {
    return this.asked > 0;
  }

  /** All steps are done, or every network has stopped; evaluations may still be waiting for images. */
  get trained(): boolean {
    return this.asked >= this.spec.steps || this.active.length === 0;
  }

  /** Trained, and evaluated too. */
  get finished(): boolean {
    return this.trained && this.postponed.length === 0 && (this.evaluatedAt === this.asked || this.active.length === 0);
  }

  /** Whether the images that the errors are measured on have arrived. */
  get evaluable(): boolean {
    const { available } = this.options.arriving;
    const needed = imagesNeeded(this.sample);
    return available.train >= needed.train && available.test >= needed.test;
  }

  /** Whether everything that `advance` needs next has arrived. */
  get possible(): boolean {
    if (this.trained) return this.evaluable;
    return this.options.arriving.available.train >= this.needed(this.asked + 1);
  }

  /** Resolves once it is `possible` to advance; rejects where loading failed. */
  untilPossible(): Promise<void> {
    if (this.trained) return this.untilEvaluable();
    return this.options.arriving.until(this.needed(this.asked + 1), 0);
  }

  /** Resolves once it is `evaluable`; rejects where loading failed. */
  untilEvaluable(): Promise<void> {
    const { train, test } = imagesNeeded(this.sample);
    return this.options.arriving.until(train, test);
  }

  /**
   * The next steps of every network that has not stopped, with the evaluations that are due; or, after the
   * last step, the evaluations that are missing. Some results may still be on their way: see `drain`.
   * @param most steps to ask for; as many as suit the engine otherwise
   */
  async advance(most = Number.POSITIVE_INFINITY): Promise<void> {
    await this.evaluatePostponed();
    if (this.asked === 0 || this.trained || this.owesEvaluation) {
      await this.drain();
      await this.evaluateAll();
    }
    if (this.trained) return;
    await this.ask(Math.min(most, this.ahead.burst));
    if (this.checkpointed && this.checkpoints.isDue(this.asked)) this.checkpoint();
    if (isEvaluationStep(this.asked, this.spec.steps)) {
      await this.drain();
      await this.evaluateAll();
    } else if (this.ahead.isFull) await this.collect();
  }

  /** Measures the networks as they are before the first step, which changes nothing: by that step at a rate of 0, taken back. */
  async measureUntrained(): Promise<void> {
    await this.each(this.active, async (network) => {
      const { id, trainer } = network;
      const untrained = await trainer.snapshot();
      const { layers } = await trainer.step(this.images(network, 1), 0);
      trainer.restore(untrained);
      this.options.signal.throwIfAborted();
      this.options.emit({ type: 'untrained', network: id, layers });
    });
  }

  /**
   * Evaluates the networks as they are before the first step, which then waits for that no more. What was found is told where it always is: in
   * front of the first step.
   * @param goesOn asked before each: somebody may not want to wait
   */
  async evaluateUntrained(goesOn: () => boolean): Promise<void> {
    const began = performance.now();
    const missing = this.active.filter(({ id }) => !this.untrainedErrors.has(id));
    await this.each(missing, async ({ id, trainer }) => {
      if (!goesOn()) return;
      this.untrainedErrors.set(id, await this.errorsOf(trainer));
      await breathe();
      this.options.signal.throwIfAborted();
    });
    if (missing.length === this.active.length) this.stopwatch.addEvaluation(performance.now() - began);
  }

  /**
   * How long steps take, before there are any: of a few at a rate of 0, which are taken back.
   * @param goesOn asked before each: somebody may not want to wait
   */
  async timeSteps(goesOn: () => boolean): Promise<Speed | null> {
    const { signal } = this.options;
    const stopwatch = new Stopwatch();
    for (let step = 0; step < TIMED_STEPS && goesOn(); step++) {
      const began = performance.now();
      const before = await Promise.all(this.active.map(({ trainer }) => trainer.snapshot()));
      // As `StepsAhead` asks for them: an engine may take them together.
      await Promise.all(this.active.map((network) => network.trainer.step(this.images(network, 1), 0)));
      before.forEach((snapshot, i) => {
        this.active[i]?.trainer.restore(snapshot);
      });
      signal.throwIfAborted();
      stopwatch.add(performance.now() - began);
    }
    return stopwatch.speed;
  }

  /** Waits for all results that are on their way. */
  async drain(): Promise<void> {
    while (!this.ahead.isEmpty) await this.collect();
  }

  /** Evaluations wait for images that have not arrived. */
  get awaitsImages(): boolean {
    return this.postponed.length > 0;
  }

  /** A copy of every network as it is once what is under way is over. */
  async copy(): Promise<Checkpoint> {
    await this.drain();
    return this.checkpoints.copy(this.asked, this.networks, this.active);
  }

  /** Goes on from a copy of these networks that was made elsewhere, where errors had been evaluated if that was due. */
  goOnFrom(copy: Checkpoint): void {
    this.checkpoints.adopt(copy);
    this.resume({ networks: this.networks, engine: this.engine });
    this.evaluatedAt = copy.step;
    this.owesEvaluation = false;
  }

  /** Keeps a copy of every network as it is now, where its device may be lost. */
  checkpoint(): void {
    if (this.checkpointed) this.checkpoints.take(this.asked, this.networks, this.active);
  }

  /** Step of the latest copy, from which `resume` goes on. */
  get copiedAt(): number {
    return this.checkpoints.latest?.step ?? 0;
  }

  /**
   * Goes on with new trainers of the same networks, from the latest checkpoint.
   * @returns the step from which it goes on, and how many steps have to be trained again
   */
  resume({ networks, engine }: TrainedNetworks): { readonly step: number; readonly lost: number } {
    const { latest } = this.checkpoints;
    const before = this.asked;
    for (const { id, trainer } of networks) {
      const snapshot = latest?.snapshots.get(id);
      if (snapshot) trainer.restore(snapshot);
    }
    this.networks = networks;
    this.engine = engine;
    this.ahead = new StepsAhead(engine.lookahead);
    this.untrainedErrors.clear();
    this.active = latest ? networks.filter(({ id }) => latest.active.includes(id)) : networks;
    this.asked = latest?.step ?? 0;
    // Evaluations that waited for images wait on, but for those of the step that is evaluated again.
    this.owesEvaluation = this.evaluatedAt !== this.asked && isEvaluationStep(this.asked, this.spec.steps);
    const again = this.owesEvaluation ? this.asked : this.asked + 1;
    this.postponed = this.postponed.filter(({ step }) => step < again);
    if (this.evaluatedAt !== this.asked) this.evaluatedAt = -1;
    this.checkpoints.resumedAt(this.asked);
    return { step: this.asked, lost: before - this.asked };
  }

  /** Evaluates what was waiting for images that are there now. */
  async evaluatePostponed(): Promise<void> {
    for (let next = this.postponed[0]; next && this.evaluable; next = this.postponed[0]) {
      const { network: id, step, snapshot } = next;
      const copy = await this.networks.find((network) => network.id === id)?.copyFrom(snapshot);
      if (copy) await this.evaluate(id, copy, step).finally(() => copy.dispose());
      this.postponed.shift();
    }
  }

  /** Frees the networks, once nothing of theirs is under way. */
  async dispose(): Promise<void> {
    await this.ahead.settle();
    for (const { trainer } of this.networks) trainer.dispose();
  }

  private get spec(): TrainingSpec {
    return this.options.spec();
  }

  private images({ seed }: TrainedNetwork, step: number): Uint32Array {
    return this.batches.get(seed)?.images(step) ?? new Uint32Array();
  }

  /** How many training images must have arrived before a step. */
  private needed(step: number): number {
    return Math.max(...[...this.batches.values()].map((each) => each.needed(step)));
  }

  private get checkpointed(): boolean {
    return this.engine.lost !== null;
  }

  /** Asks for up to `most` steps, as far as images have arrived and no evaluation is due in between. */
  private async ask(most: number): Promise<void> {
    const { signal, arriving } = this.options;
    const orders = [];
    while (orders.length < most && !this.trained) {
      const step = this.asked + 1;
      if (orders.length > 0 && arriving.available.train < this.needed(step)) break;
      const images = (network: TrainedNetwork) => this.images(network, step);
      orders.push({ step, images, learningRate: learningRate(this.spec, step - 1) });
      this.asked = step;
      if (isEvaluationStep(step, this.spec.steps)) break;
    }
    await this.ahead.start(orders, this.active, signal);
    if (!signal.aborted) return;
    await this.ahead.settle();
    signal.throwIfAborted();
  }

  /** Waits for the results that were asked for first, and passes them on. */
  private async collect(): Promise<void> {
    const { emit, signal } = this.options;
    const { steps, msPerStep } = await this.ahead.finish();
    if (signal.aborted) await this.ahead.settle();
    signal.throwIfAborted();
    this.stopwatch.add(msPerStep);
    for (const { order, results } of steps) {
      const { step, learningRate: rate } = order;
      for (const { network, result } of results) {
        // A network that overflowed stands still; what was asked of it before that was known means nothing.
        if (!this.active.includes(network)) continue;
        emit({ type: 'step', network: network.id, step, learningRate: rate, ...result });
      }
      const stopped = results.filter(({ result }) => result.overflow !== null).map(({ network }) => network);
      if (stopped.length > 0) this.active = this.active.filter((network) => !stopped.includes(network));
    }
  }

  private async evaluateAll(): Promise<void> {
    if (this.evaluatedAt === this.asked) return;
    const began = performance.now();
    const isTimed = this.evaluable && (this.asked > 0 || this.untrainedErrors.size === 0);
    await this.each(this.active, async ({ id, trainer }) => {
      if (this.evaluable) await this.evaluate(id, trainer, this.asked);
      else this.postponed.push({ network: id, step: this.asked, snapshot: await trainer.snapshot() });
    });
    // Only now: an evaluation that a lost device interrupts is owed.
    this.evaluatedAt = this.asked;
    this.owesEvaluation = false;
    if (isTimed && this.active.length > 0) this.stopwatch.addEvaluation(performance.now() - began);
  }

  /** Does something with networks: with all at once where others compute, else one after the other. */
  private async each(
    networks: readonly TrainedNetwork[],
    work: (network: TrainedNetwork) => Promise<void>,
  ): Promise<void> {
    if (this.engine.lookahead > 1) {
      // Whatever becomes of it: trainers may be disposed only after all of their work has ended.
      const all = await Promise.allSettled(networks.map(work));
      for (const each of all) if (each.status === 'rejected') throw each.reason;
      return;
    }
    for (const network of networks) await work(network);
  }

  private async evaluate(network: NetworkId, trainer: Trainer, step: number): Promise<void> {
    const known = step === 0 ? this.untrainedErrors.get(network) : undefined;
    const errors = known ?? (await this.errorsOf(trainer));
    this.options.emit({ type: 'evaluation', network, step, ...errors });
    await breathe();
    this.options.signal.throwIfAborted();
  }

  private errorsOf(trainer: Trainer): Promise<Errors> {
    const { calibration, train, test } = this.sample;
    return trainer.evaluate(calibration, train, test);
  }
}
