/**
 * One run of an experiment, from its first step until another experiment takes its place.
 *
 * Work is done by jobs, one after the other; commands only set what the jobs look at between two
 * steps, so nothing changes while a step is in flight. When the run is abandoned its signal is
 * aborted, its jobs end at their next chance, and what they still throw concerns nobody.
 */
import type { ArrivingImages } from '../data/openImages.ts';
import { type Problem, ProblemError, problem } from '../spec/problem.ts';
import { breathe } from './breathe.ts';
import { buildNetworks } from './networks.ts';
import { Outbox } from './outbox.ts';
import type { Adjustment, LabListener, RunRequest, Status } from './protocol.ts';
import type { Resources } from './resources.ts';
import { settledOrAborted } from './settled.ts';
import { Stopwatch } from './stopwatch.ts';
import { Training } from './training.ts';

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return problem('worker.unexpected', { reason: error instanceof Error ? error.message : String(error) });
}

export interface LiveRunOptions {
  readonly request: RunRequest;
  readonly resources: Resources;
  readonly emit: LabListener;
  /** What must have ended before this run touches the engine: the jobs of the run before it. */
  readonly after: Promise<void>;
}

export class LiveRun {
  readonly #request: RunRequest;
  readonly #resources: Resources;
  readonly #emit: LabListener;
  readonly #arriving: ArrivingImages;
  readonly #outbox: Outbox;
  readonly #stopwatch = new Stopwatch();
  readonly #abandoned = new AbortController();
  #paused = new AbortController();
  #jobs: Promise<void>;
  #training: Training | null = null;
  #adjustment: Adjustment;
  #playing = false;
  #failed = false;

  constructor({ request, resources, emit, after }: LiveRunOptions) {
    this.#request = request;
    this.#resources = resources;
    this.#emit = emit;
    this.#jobs = after;
    this.#adjustment = request.experiment.training;
    this.#arriving = resources.images(request.experiment.training);
    this.#outbox = new Outbox((batch) =>
      emit({ type: 'records', run: request.run, batch, speed: this.#stopwatch.speed }),
    );
    this.#start();
  }

  play(): void {
    if (this.#playing || this.#failed) return;
    this.#playing = true;
    this.#schedule(() => this.#play());
  }

  pause(): void {
    this.#playing = false;
    this.#paused.abort();
    this.#paused = new AbortController();
  }

  step(): void {
    this.pause();
    this.#schedule(() => this.#stepOnce());
  }

  adjust(changes: Adjustment): void {
    this.#adjustment = changes;
    const training = this.#training;
    if (!training) return;
    const wasFinished = training.finished;
    training.adjust(changes);
    if (!this.#playing && training.finished !== wasFinished) this.#schedule(async () => this.#settle(training));
  }

  /** After a failure: goes on if only images were missing, else builds the networks again. */
  retry(): void {
    if (!this.#failed) return;
    this.#failed = false;
    this.#start();
  }

  /** Stops the run for good and frees its networks. @returns when no job of it runs any more */
  abandon(): Promise<void> {
    this.#abandoned.abort();
    this.#jobs = this.#jobs.then(() => this.#disposeTraining());
    return this.#jobs;
  }

  fail(error: unknown): void {
    if (this.#abandoned.signal.aborted || this.#failed) return;
    this.pause();
    this.#outbox.flush();
    this.#tell({ kind: 'failed', problem: problemOf(error) });
    this.#failed = true;
  }

  #tell(status: Status): void {
    if (!this.#failed) this.#emit({ type: 'status', run: this.#request.run, status });
  }

  #schedule(job: () => Promise<void>): void {
    const { signal } = this.#abandoned;
    this.#jobs = this.#jobs
      .then(() => (signal.aborted || this.#failed ? undefined : job()))
      .catch((error: unknown) => this.fail(error));
  }

  #start(): void {
    if (!this.#resources.areReady(this.#request)) this.#tell({ kind: 'loading', bytes: 0, total: 0 });
    this.#arriving.retry();
    this.#schedule(() => this.#prepare());
    const { train, test } = this.#arriving.images;
    this.#arriving.until(train.count, test.count).then(
      () => this.#schedule(() => this.#imagesArrived()),
      (error: unknown) => this.fail(error),
    );
  }

  async #prepare(): Promise<void> {
    const training = this.#training ?? (await this.#build());
    this.#training = training;
    await settledOrAborted(training.untilPossible(), this.#abandoned.signal);
    if (!this.#playing) this.#tell({ kind: training.started ? 'paused' : 'ready' });
  }

  async #build(): Promise<Training> {
    const { run, experiment, engine: wanted } = this.#request;
    const { signal } = this.#abandoned;
    const engine = await this.#resources.engine(wanted, this.#emit);
    signal.throwIfAborted();
    const { images } = this.#arriving;
    const { memoryBudget } = this.#resources.options;
    const networks = await this.#guarded(buildNetworks(engine, experiment, images, memoryBudget));
    this.#emit({ type: 'began', run, networks: networks.map(({ info }) => info) });
    const emit = (record: Parameters<Outbox['add']>[0]) => this.#outbox.add(record);
    const spec = { ...experiment.training, ...this.#adjustment };
    return new Training({ spec, networks, arriving: this.#arriving, emit, signal });
  }

  async #play(): Promise<void> {
    const training = this.#training;
    if (!training) return;
    if (this.#playing) this.#tell({ kind: 'running' });
    while (this.#playing && !training.finished) {
      if (training.possible) await this.#advance(training);
      else await this.#wait(training);
    }
    this.#settle(training);
  }

  async #stepOnce(): Promise<void> {
    const training = this.#training;
    if (!training) return;
    if (!training.possible) await this.#wait(training);
    if (training.possible) await this.#advance(training);
    this.#settle(training);
  }

  async #advance(training: Training): Promise<void> {
    const took = await this.#guarded(training.advance());
    if (took !== null) this.#stopwatch.add(took);
    this.#outbox.flushIfDue();
    await breathe();
    this.#abandoned.signal.throwIfAborted();
  }

  /** Waits for images, or for somebody who does not want to wait any longer. */
  async #wait(training: Training): Promise<void> {
    this.#outbox.flush();
    await settledOrAborted(training.untilPossible(), this.#paused.signal, this.#abandoned.signal);
    this.#abandoned.signal.throwIfAborted();
  }

  async #imagesArrived(): Promise<void> {
    this.#emit({ type: 'imagesArrived', run: this.#request.run });
    if (!this.#training) return;
    await this.#guarded(this.#training.evaluatePostponed());
    this.#outbox.flush();
  }

  /** Passes on what an engine does; after an error (not a refusal) neither it nor its networks are used again. */
  async #guarded<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!this.#abandoned.signal.aborted && !(error instanceof ProblemError)) {
        this.#disposeTraining();
        this.#resources.dropEngine();
      }
      throw error;
    }
  }

  #settle(training: Training): void {
    this.#outbox.flush();
    if (training.finished) this.#playing = false;
    if (!this.#playing) this.#tell({ kind: training.finished ? 'finished' : 'paused' });
  }

  #disposeTraining(): void {
    this.#training?.dispose();
    this.#training = null;
  }
}
