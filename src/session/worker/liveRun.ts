/**
 * One run of an experiment, from its first step until another experiment takes its place.
 *
 * Work is done by jobs, one after the other; commands only set what the jobs look at between two
 * steps, so nothing changes while a step is in flight. When the run is abandoned its signal is
 * aborted, its jobs end at their next chance, and what they still throw concerns nobody.
 */
import { evaluationSample, imagesNeeded } from '../../data/evaluationSample.ts';
import type { ArrivingImages } from '../../data/openImages.ts';
import type { NetworkId, TrainingSpec } from '../../experiment/experiment.ts';
import { type Problem, ProblemError, problem } from '../../experiment/problem.ts';
import type { TrainedBase } from '../../network/graft.ts';
import type { Examination } from '../examination.ts';
import { Outbox } from './batch.ts';
import { Builder, type GiveUp, giveUpOf } from './builder.ts';
import { Examining } from './examining.ts';
import { graftReport } from './graftReport.ts';
import { breathe, Jobs, settledOrAborted } from './jobs.ts';
import { type BuiltNetwork, keptOf } from './networks.ts';
import type { Adjustment, Command, LabListener, RunRequest, Status } from './protocol.ts';
import type { Resources } from './resources.ts';
import { Stopwatch } from './stopwatch.ts';
import { Training } from './training.ts';

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return problem('worker.unexpected', { reason: error instanceof Error ? error.message : String(error) });
}

/** What is said when training goes on from a copy. */
function resumedNotice(giveUp: GiveUp | null, from: { readonly step: number; readonly lost: number }): Problem {
  if (!giveUp) return problem('engine.resumed', from);
  const { kind, engine, reason } = giveUp;
  return kind === 'lost' ? problem('engine.lost', { reason, ...from }) : problem('engine.refused', { engine, reason });
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
  readonly #examining: Examining;
  readonly #jobs: Jobs;
  readonly #builder: Builder;
  #paused = new AbortController();
  #training: Training | null = null;
  #networks: readonly BuiltNetwork[] = [];
  /** What is trained, with what has been changed on the way. */
  #spec: TrainingSpec;
  /** Training whose networks have gone with their engine; its copies are there. */
  #interrupted: Training | null = null;
  /** What the last error means for the engine it came from. */
  #giveUp: GiveUp | null = null;
  #playing = false;
  #failed = false;
  #failures = 0;

  constructor({ request, resources, emit, after }: LiveRunOptions) {
    this.#request = request;
    this.#resources = resources;
    this.#emit = emit;
    this.#spec = request.experiment.training;
    this.#arriving = resources.images(request.experiment.training);
    this.#outbox = new Outbox((batch) =>
      emit({ type: 'records', run: request.run, batch, speed: this.#stopwatch.speed }),
    );
    this.#examining = new Examining({ run: request.run, emit, examiners: resources.options.examiners });
    this.#builder = new Builder({
      request,
      resources,
      images: this.#arriving.images,
      emit,
      onPrepared: (share) => this.#tell({ kind: 'preparing', share }),
      signal: this.#abandoned.signal,
    });
    this.#jobs = new Jobs({
      after,
      areWanted: () => !this.#abandoned.signal.aborted && !this.#failed,
      onError: (error) => this.fail(error),
    });
    this.#start();
  }

  do(command: Exclude<Command, { type: 'load' }>): void {
    switch (command.type) {
      case 'play':
        this.#startPlaying();
        break;
      case 'pause':
        this.#pause();
        break;
      case 'step':
        this.#step();
        break;
      case 'adjust':
        this.#adjust(command.changes);
        break;
      case 'keep':
        this.#keep(command.network);
        break;
      case 'examine':
        this.#startExamining(command.network, command.what);
        break;
      case 'stopExamining':
        this.#examining.stop(command.kind);
        break;
      case 'retry':
        this.#retry();
    }
  }

  #startPlaying(): void {
    if (this.#playing || this.#failed) return;
    this.#playing = true;
    this.#examining.giveWay();
    this.#jobs.schedule(() => this.#play());
  }

  #pause(): void {
    this.#playing = false;
    this.#paused.abort();
    this.#paused = new AbortController();
  }

  #step(): void {
    this.#pause();
    this.#examining.giveWay();
    this.#jobs.schedule(() => this.#stepOnce());
  }

  #adjust(changes: Adjustment): void {
    const training = this.#training;
    const wasFinished = training?.finished;
    this.#spec = { ...this.#spec, ...changes };
    if (training && !this.#playing && training.finished !== wasFinished)
      this.#jobs.schedule(async () => this.#settle(training));
  }

  #keep(network: NetworkId): void {
    const { run, experiment } = this.#request;
    this.#between(network, async (kept) => {
      this.#emit({ type: 'kept', run, base: await keptOf(kept, experiment.training.size) });
    });
  }

  #startExamining(network: NetworkId, what: Examination): void {
    const { run } = this.#request;
    const failures = this.#failures;
    if (what.pausesTraining) this.#pause();
    this.#examine(network, what, this.#examining.signalOf(what))
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        // A failure has ended all examinations by itself; what ends late must not end what was asked for since.
        if (this.#abandoned.signal.aborted || failures < this.#failures) return;
        this.#emit({ type: 'examinationOver', run, network, kind: what.kind });
      });
  }

  /** After a failure: goes on if only images were missing, else builds the networks again, from their latest copy. */
  #retry(): void {
    if (!this.#failed) return;
    this.#failed = false;
    this.#start();
  }

  /** Stops the run for good and frees its networks. @returns when no job of it runs any more */
  abandon(): Promise<void> {
    this.#abandoned.abort();
    this.#examining.stopAll();
    return this.#jobs.end(() => this.#disposeTraining());
  }

  fail(error: unknown): void {
    if (this.#abandoned.signal.aborted || this.#failed) return;
    this.#pause();
    this.#examining.stopAll();
    this.#outbox.flush();
    this.#tell({ kind: 'failed', problem: problemOf(error) });
    this.#failed = true;
    this.#failures++;
    this.#jobs.drop();
  }

  /** Does something with a network between two steps: at once where none is running. @returns when it is over */
  #between(id: NetworkId, work: (network: BuiltNetwork, training: Training) => Promise<void>): Promise<void> {
    return this.#jobs.slipIn(async () => {
      const network = this.#networks.find((each) => each.id === id);
      const training = this.#training;
      if (!network || !training) return;
      await this.#timed(training, async () => {
        await work(network, training);
        return null;
      });
    });
  }

  async #examine(id: NetworkId, what: Examination, signal: AbortSignal): Promise<void> {
    const { training: spec } = this.#request.experiment;
    const { images } = this.#arriving;
    // An examination may look at all images that errors are measured on. Training need not wait for them.
    const { train, test } = imagesNeeded(evaluationSample(spec.train, images.test.count));
    await settledOrAborted(this.#arriving.until(train, test), signal);
    if (signal.aborted) return;
    const done = this.#between(id, async (network, { step }) => {
      const engine = this.#resources.current;
      if (!engine) return;
      await this.#examining.perform(id, { ...network, step, images, training: spec, engine }, what, signal);
      this.#abandoned.signal.throwIfAborted();
    });
    // One that is stopped while it waits for its turn need not wait for that.
    await settledOrAborted(done, signal);
  }

  #tell(status: Status): void {
    if (!this.#failed) this.#emit({ type: 'status', run: this.#request.run, status });
  }

  #start(): void {
    if (!this.#resources.areReady(this.#request)) this.#tell({ kind: 'loading', bytes: 0, total: 0 });
    this.#arriving.retry();
    this.#jobs.schedule(() => this.#prepare());
    const { train, test } = this.#arriving.images;
    this.#arriving.until(train.count, test.count).then(
      () => this.#jobs.schedule(() => this.#imagesArrived()),
      (error: unknown) => this.fail(error),
    );
  }

  async #prepare(): Promise<void> {
    if (!this.#training) {
      // What failed on the way is worth going on with.
      if (this.#interrupted && this.#interrupted.copiedAt > 0) await this.#resume(this.#interrupted, null);
      else this.#training = await this.#build();
    }
    const training = this.#training;
    if (!training) return;
    await settledOrAborted(training.untilPossible(), this.#abandoned.signal);
    if (this.#request.base && !training.started) await this.#compareWith(this.#request.base, training);
    if (!this.#playing) this.#tell({ kind: training.started ? 'paused' : 'ready' });
  }

  async #compareWith(base: TrainedBase, training: Training): Promise<void> {
    const { run, experiment } = this.#request;
    await settledOrAborted(training.untilEvaluable(), this.#abandoned.signal);
    this.#abandoned.signal.throwIfAborted();
    const engine = this.#resources.current;
    if (!engine) return;
    const { images } = this.#arriving;
    const subject = { engine, base, networks: this.#networks, images, training: experiment.training };
    this.#emit({ type: 'grafted', run, report: await this.#guarded(graftReport(subject)) });
  }

  async #build(): Promise<Training> {
    const { run } = this.#request;
    const { signal } = this.#abandoned;
    const built = await this.#builder.build();
    this.#networks = built.networks;
    this.#emit({ type: 'began', run, networks: built.networks.map(({ info }) => info) });
    const emit = (record: Parameters<Outbox['add']>[0]) => {
      this.#outbox.add(record);
      // Evaluations of deep networks take seconds: each is shown before the next begins.
      if (record.type === 'evaluation') this.#outbox.flushIfDue();
    };
    const spec = () => this.#spec;
    const evaluated = (ms: number) => this.#stopwatch.addEvaluation(ms);
    return new Training({ ...built, spec, arriving: this.#arriving, emit, evaluated, signal });
  }

  async #play(): Promise<void> {
    const training = this.#training;
    if (!training) return;
    if (this.#playing) this.#tell({ kind: 'running' });
    while (this.#playing && !training.finished) {
      if (training.possible) await this.#advance(training);
      else await this.#wait(Promise.race([training.untilPossible(), this.#jobs.untilSlippedIn()]));
      // What pauses the run has to wait until it has paused.
      if (this.#playing) await this.#jobs.doWaiting();
    }
    await this.#drain(training);
    this.#settle(training);
  }

  async #stepOnce(): Promise<void> {
    const training = this.#training;
    if (!training) return;
    if (!training.possible) await this.#wait(training.untilPossible());
    if (training.possible) await this.#advance(training, 1);
    await this.#drain(training);
    this.#settle(training);
  }

  async #advance(training: Training, most?: number): Promise<void> {
    await this.#timed(training, () => training.advance(most));
    this.#outbox.flushIfDue();
    await breathe();
    this.#abandoned.signal.throwIfAborted();
  }

  /** Waits for what is under way, and keeps a copy of where training stands. */
  async #drain(training: Training): Promise<void> {
    await this.#timed(training, () => training.drain());
    training.checkpoint();
  }

  async #timed(training: Training, work: () => Promise<number | null>): Promise<void> {
    try {
      const took = await this.#guarded(work());
      if (took !== null) this.#stopwatch.add(took);
    } catch (error) {
      if (!this.#giveUp) throw error;
      await this.#resume(training, this.#giveUp);
    }
  }

  /**
   * Goes on where the latest copy was taken, on a new device, or on another engine.
   * @param giveUp what became of the engine; null where somebody has asked to try again
   */
  async #resume(training: Training, giveUp: GiveUp | null): Promise<void> {
    this.#outbox.flush();
    const built = await this.#builder.build(training.copiedAt, giveUp);
    this.#networks = built.networks;
    const { step, lost } = training.resume(built);
    this.#training = training;
    this.#interrupted = null;
    this.#emit({ type: 'notice', problem: resumedNotice(giveUp, { step, lost }) });
    if (this.#playing) this.#tell({ kind: 'running' });
  }

  /** Waits for something, or for somebody who does not want to wait any longer. */
  async #wait(until: Promise<void>): Promise<void> {
    this.#outbox.flush();
    await settledOrAborted(until, this.#paused.signal, this.#abandoned.signal);
    this.#abandoned.signal.throwIfAborted();
  }

  async #imagesArrived(): Promise<void> {
    this.#emit({ type: 'imagesArrived', run: this.#request.run });
    if (!this.#training) return;
    const training = this.#training;
    await this.#timed(training, async () => {
      await training.evaluatePostponed();
      return null;
    });
    this.#outbox.flush();
  }

  /** Passes on what an engine does; after an error (not a refusal) neither it nor its networks are used again. */
  async #guarded<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      this.#giveUp = null;
      if (!this.#abandoned.signal.aborted && !(error instanceof ProblemError)) {
        this.#giveUp = await giveUpOf(this.#resources.current, error);
        this.#interrupted = this.#training;
        await this.#disposeTraining();
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

  async #disposeTraining(): Promise<void> {
    const training = this.#training;
    this.#training = null;
    this.#networks = [];
    await training?.dispose();
  }
}
