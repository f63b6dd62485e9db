/**
 * The networks of one experiment under training, in lock step: each step gives every network the
 * same minibatch. Errors are evaluated before the first step, about ten times on the way, and at the
 * end. Where the images for an evaluation have not arrived, the network's parameters are kept and
 * evaluated later, so that no result depends on the speed of the connection.
 */
import { type EvaluationSample, evaluationSample } from '../data/evaluationSample.ts';
import { type Minibatches, minibatches } from '../data/minibatches.ts';
import type { ArrivingImages } from '../data/openImages.ts';
import type { Trainer } from '../engine/engine.ts';
import type { MeasurementRecord } from '../measurements/records.ts';
import type { NetworkId, TrainingSpec } from '../spec/experiment.ts';
import { learningRate } from '../spec/schedule.ts';
import { breathe } from './breathe.ts';

export interface TrainedNetwork {
  readonly id: NetworkId;
  readonly trainer: Trainer;
  /** Another trainer of the same network, with these parameters. */
  copyWith(parameters: readonly Float32Array[]): Promise<Trainer>;
}

export interface TrainingOptions {
  readonly spec: TrainingSpec;
  readonly networks: readonly TrainedNetwork[];
  readonly arriving: ArrivingImages;
  readonly emit: (record: MeasurementRecord) => void;
  /** Aborted when the run is given up; then `advance` stops at the next chance and throws. */
  readonly signal: AbortSignal;
}

/** An evaluation that waits for its images. */
interface Postponed {
  readonly network: TrainedNetwork;
  readonly step: number;
  readonly parameters: readonly Float32Array[];
}

/** Evaluations in a run, besides the one before its first step. */
const EVALUATIONS = 10;

function isEvaluationStep(step: number, steps: number): boolean {
  return step === steps || step % Math.max(1, Math.round(steps / EVALUATIONS)) === 0;
}

export class Training {
  readonly #options: TrainingOptions;
  readonly #batches: Minibatches;
  readonly #sample: EvaluationSample;
  #spec: TrainingSpec;
  #evaluatedAt = -1;
  #active: readonly TrainedNetwork[];
  #step = 0;
  #postponed: Postponed[] = [];

  constructor(options: TrainingOptions) {
    const { seed, train, batch } = options.spec;
    this.#options = options;
    this.#batches = minibatches(seed, train, batch);
    this.#sample = evaluationSample(train, options.arriving.images.test.count);
    this.#active = options.networks;
    this.#spec = options.spec;
  }

  get started(): boolean {
    return this.#step > 0;
  }

  /** All steps are done, or every network has stopped; evaluations may still be waiting for images. */
  get trained(): boolean {
    return this.#step >= this.#spec.steps || this.#active.length === 0;
  }

  /** Trained, and evaluated too. */
  get finished(): boolean {
    return (
      this.trained && this.#postponed.length === 0 && (this.#evaluatedAt === this.#step || this.#active.length === 0)
    );
  }

  /** Changes the learning rate and the last step of a run that may be under way. */
  adjust({ lr, steps }: Pick<TrainingSpec, 'lr' | 'steps'>): void {
    this.#spec = { ...this.#spec, lr, steps };
  }

  /** Whether the images that the errors are measured on have arrived. */
  get evaluable(): boolean {
    const { available } = this.#options.arriving;
    const needed = this.#neededToEvaluate;
    return available.train >= needed.train && available.test >= needed.test;
  }

  /** Whether everything that `advance` needs next has arrived. */
  get possible(): boolean {
    if (this.trained) return this.evaluable;
    return this.#options.arriving.available.train >= this.#batches.needed(this.#step + 1);
  }

  /** Resolves once it is `possible` to advance; rejects where loading failed. */
  untilPossible(): Promise<void> {
    if (this.trained) return this.untilEvaluable();
    return this.#options.arriving.until(this.#batches.needed(this.#step + 1), 0);
  }

  /** Resolves once it is `evaluable`; rejects where loading failed. */
  untilEvaluable(): Promise<void> {
    const { train, test } = this.#neededToEvaluate;
    return this.#options.arriving.until(train, test);
  }

  /**
   * One step of every network that has not stopped, with the evaluations that are due; or, after the
   * last step, the evaluations that are missing.
   * @returns milliseconds that the step took, without evaluations; null where there was no step to take
   */
  async advance(): Promise<number | null> {
    await this.evaluatePostponed();
    if (this.#step === 0 || this.trained) await this.#evaluateAll();
    if (this.trained) return null;
    const began = performance.now();
    await this.#stepAll();
    const took = performance.now() - began;
    if (isEvaluationStep(this.#step, this.#spec.steps)) await this.#evaluateAll();
    return took;
  }

  /** Evaluates what was waiting for images that are there now. */
  async evaluatePostponed(): Promise<void> {
    for (let next = this.#postponed[0]; next && this.evaluable; next = this.#postponed[0]) {
      const { network, step, parameters } = next;
      const copy = await network.copyWith(parameters);
      await this.#evaluate(network.id, copy, step).finally(() => copy.dispose());
      this.#postponed.shift();
    }
  }

  dispose(): void {
    for (const { trainer } of this.#options.networks) trainer.dispose();
  }

  get #neededToEvaluate(): { train: number; test: number } {
    const { calibration, train, test } = this.#sample;
    return { train: Math.max(calibration.length, train.length), test: test.length };
  }

  async #stepAll(): Promise<void> {
    const { emit } = this.#options;
    const step = this.#step + 1;
    const images = this.#batches.images(step);
    const rate = learningRate(this.#spec, step - 1);
    const results = await this.#inTurn((network) => network.trainer.step(images, rate));
    results.forEach(({ network, result }) => {
      emit({ type: 'step', network: network.id, step, learningRate: rate, ...result });
    });
    this.#active = results.filter(({ result }) => result.overflow === null).map(({ network }) => network);
    this.#step = step;
  }

  /** Starts the same work on every active network, with room for messages between them, and waits for all of it. */
  async #inTurn<T>(work: (network: TrainedNetwork) => Promise<T>): Promise<{ network: TrainedNetwork; result: T }[]> {
    const started: Promise<{ network: TrainedNetwork; result: T }>[] = [];
    for (const network of this.#active) {
      const done = work(network).then((result) => ({ network, result }));
      // Its failure is reported below, when the others have ended: until then it is expected.
      done.catch(() => undefined);
      started.push(done);
      await breathe();
      if (this.#options.signal.aborted) break;
    }
    // Trainers may be disposed only after all of their work has ended, well or badly.
    await Promise.allSettled(started);
    this.#options.signal.throwIfAborted();
    return Promise.all(started);
  }

  async #evaluateAll(): Promise<void> {
    if (this.#evaluatedAt === this.#step) return;
    this.#evaluatedAt = this.#step;
    for (const network of this.#active) {
      if (this.evaluable) {
        await this.#evaluate(network.id, network.trainer, this.#step);
      } else {
        const { parameters } = await network.trainer.snapshot();
        this.#postponed.push({ network, step: this.#step, parameters });
      }
    }
  }

  async #evaluate(network: NetworkId, trainer: Trainer, step: number): Promise<void> {
    const { calibration, train, test } = this.#sample;
    const errors = await trainer.evaluate(calibration, train, test);
    this.#options.emit({ type: 'evaluation', network, step, ...errors });
    await breathe();
    this.#options.signal.throwIfAborted();
  }
}
