/**
 * The training worker's side of the conversation: takes commands, trains, and tells what happens. It
 * knows no DOM and no worker, so tests run it in Node.
 *
 * Work is done by jobs, one after the other; commands only set what the jobs look at between two
 * steps, so nothing changes while a step is in flight. When a run is abandoned its signal is
 * aborted, its jobs end at their next chance, and what they still throw concerns nobody.
 */
import { evaluationSample, imagesNeeded } from '../../data/evaluationSample.ts';
import type { ArrivingImages } from '../../data/openImages.ts';
import type { NetworkId, TrainingSpec } from '../../experiment/experiment.ts';
import { experimentText } from '../../experiment/experimentText.ts';
import { messageOf, type Problem, ProblemError, problem } from '../../experiment/problem.ts';
import { LONG_RUN } from '../../experiment/schedule.ts';
import type { TrainedBase } from '../../network/graft.ts';
import type { Examination } from '../examination.ts';
import { engineText } from '../sweeps/finishedCell.ts';
import { Outbox, packRecords } from './batch.ts';
import { DurableTraining } from './durableTraining.ts';
import { Examining } from './examining.ts';
import { baseOf } from './grafting.ts';
import { breathe, Jobs, settledOrAborted } from './jobs.ts';
import { areQuicklyEvaluated, type BuiltNetwork } from './networks.ts';
import type { Adjustment, Command, LabEvent, LabListener, RunRequest, Status } from './protocol.ts';
import { type ResourceOptions, Resources } from './resources.ts';
import { RunKeeper } from './runKeeper.ts';
import type { RunStore } from './runStore.ts';
import type { Training } from './training.ts';

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return problem('worker.unexpected', { reason: messageOf(error) });
}

interface LiveRunOptions {
  readonly request: RunRequest;
  readonly resources: Resources;
  readonly emit: LabListener;
  /** What must have ended before this run touches the engine: the jobs of the run before it. */
  readonly after: Promise<void>;
}

/** One run of an experiment, from its first step until another experiment takes its place. */
class LiveRun {
  private readonly request: RunRequest;
  private readonly resources: Resources;
  private readonly emit: LabListener;
  private readonly arriving: ArrivingImages;
  private readonly outbox: Outbox;
  private readonly abandoned = new AbortController();
  private readonly examining: Examining;
  private readonly jobs: Jobs;
  private readonly networks: DurableTraining;
  /** Null where the run need not outlive the page. */
  private readonly keeper: RunKeeper | null;
  private paused = new AbortController();
  /** What is trained, with what has been changed on the way. */
  private spec: TrainingSpec;
  private playing = false;
  private failed = false;
  private failures = 0;

  constructor({ request, resources, emit, after }: LiveRunOptions) {
    this.request = request;
    this.resources = resources;
    this.emit = emit;
    this.spec = request.experiment.training;
    this.arriving = resources.images(request.experiment.training);
    this.outbox = new Outbox((batch) => {
      emit({ type: 'records', run: request.run, batch, speed: this.networks.training?.speed ?? null });
    });
    this.examining = new Examining({ run: request.run, emit, examiners: resources.options.examiners });
    this.networks = new DurableTraining({
      request,
      spec: () => this.spec,
      resources,
      arriving: this.arriving,
      emit: (event) => this.tellAfterRecords(event),
      onRecord: (record) => {
        this.outbox.add(record);
        this.keeper?.add(record);
        // Evaluations of deep networks take seconds: each is shown before the next begins.
        if (record.type === 'evaluation') this.outbox.flushIfDue();
      },
      onPrepared: (share) => this.tell({ kind: 'preparing', share }),
      signal: this.abandoned.signal,
    });
    this.keeper = this.keeperOf(resources.options.runs);
    this.jobs = new Jobs({
      after,
      areWanted: () => !this.abandoned.signal.aborted && !this.failed,
      onError: (error) => this.fail(error),
    });
    this.start();
  }

  do(command: Exclude<Command, { type: 'load' }>): void {
    switch (command.type) {
      case 'play':
        this.startPlaying();
        break;
      case 'pause':
        this.pause();
        break;
      case 'step':
        this.step();
        break;
      case 'adjust':
        this.adjust(command.changes);
        break;
      case 'keep':
        this.keep(command.network);
        break;
      case 'examine':
        this.startExamining(command.network, command.what);
        break;
      case 'stopExamining':
        this.examining.stop(command.kind);
        break;
      case 'retry':
        this.retry();
    }
  }

  private startPlaying(): void {
    if (this.playing || this.failed) return;
    this.playing = true;
    this.examining.giveWay();
    this.jobs.schedule(() => this.play());
  }

  private pause(): void {
    this.playing = false;
    this.paused.abort();
    this.paused = new AbortController();
  }

  private step(): void {
    this.pause();
    this.examining.giveWay();
    this.jobs.schedule(() => this.stepOnce());
  }

  private adjust(changes: Adjustment): void {
    const { training } = this.networks;
    const wasFinished = training?.finished;
    this.spec = { ...this.spec, ...changes };
    if (training && !this.playing && training.finished !== wasFinished)
      this.jobs.schedule(async () => this.settle(training));
  }

  private keep(network: NetworkId): void {
    const { run, experiment } = this.request;
    this.between(network, async (kept) => {
      this.emit({ type: 'kept', run, base: await baseOf(kept, experiment.training) });
    });
  }

  private startExamining(network: NetworkId, what: Examination): void {
    const { run } = this.request;
    const failures = this.failures;
    if (what.pausesTraining) this.pause();
    this.examine(network, what, this.examining.signalOf(what))
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        // A failure has ended all examinations by itself; what ends late must not end what was asked for since.
        if (this.abandoned.signal.aborted || failures < this.failures) return;
        this.emit({ type: 'examinationOver', run, network, kind: what.kind });
      });
  }

  /** After a failure: goes on if only images were missing, else builds the networks again, from their latest copy. */
  private retry(): void {
    if (!this.failed) return;
    this.failed = false;
    this.start();
  }

  /** Stops the run for good and frees its networks. @returns when no job of it runs any more */
  abandon(): Promise<void> {
    this.abandoned.abort();
    this.examining.stopAll();
    return this.jobs.end(() => {
      this.keeper?.end();
      return this.networks.dispose();
    });
  }

  fail(error: unknown): void {
    if (this.abandoned.signal.aborted || this.failed) return;
    this.pause();
    this.examining.stopAll();
    this.outbox.flush();
    this.tell({ kind: 'failed', problem: problemOf(error) });
    this.failed = true;
    this.failures++;
    this.jobs.drop();
  }

  /** Does something with a network between two steps: at once where none is running. @returns when it is over */
  private between(id: NetworkId, work: (network: BuiltNetwork, training: Training) => Promise<void>): Promise<void> {
    return this.jobs.slipIn(async () => {
      const network = this.networks.network(id);
      if (network) await this.work((training) => work(network, training));
    });
  }

  private async examine(id: NetworkId, what: Examination, signal: AbortSignal): Promise<void> {
    const { training: spec } = this.request.experiment;
    const { images } = this.arriving;
    // An examination may look at all images that errors are measured on. Training need not wait for them.
    const { train, test } = imagesNeeded(evaluationSample(spec.train, images.test.count));
    await settledOrAborted(this.arriving.until(train, test), signal);
    if (signal.aborted) return;
    const done = this.between(id, async (network, { step }) => {
      const engine = this.resources.current;
      if (!engine) return;
      await this.examining.perform(id, { ...network, step, images, training: spec, engine }, what, signal);
      this.abandoned.signal.throwIfAborted();
    });
    // One that is stopped while it waits for its turn need not wait for that.
    await settledOrAborted(done, signal);
  }

  private tell(status: Status): void {
    if (!this.failed) this.emit({ type: 'status', run: this.request.run, status });
  }

  private start(): void {
    if (!this.resources.areReady(this.request)) this.tell({ kind: 'loading', bytes: 0, total: 0 });
    this.arriving.retry();
    this.jobs.schedule(() => this.prepare());
    const { train, test } = this.arriving.images;
    this.arriving.until(train.count, test.count).then(
      () => this.jobs.schedule(() => this.imagesArrived()),
      (error: unknown) => this.fail(error),
    );
  }

  private async prepare(): Promise<void> {
    const training = await this.networks.prepare();
    await settledOrAborted(training.untilPossible(), this.abandoned.signal);
    if (this.request.base && !training.started) await this.compareWith(this.request.base, training);
    if (!training.started) await this.goOnFromKept(training);
    if (this.playing) return;
    if (training.started) this.settle(training);
    else this.tell({ kind: 'ready' });
    // Behind what has been asked for meanwhile: nobody waits for it.
    this.jobs.schedule(() => this.measureUntrained());
    this.jobs.schedule(() => this.timeSteps());
    this.jobs.schedule(() => this.evaluateUntrained());
  }

  private keeperOf(store: RunStore | undefined): RunKeeper | null {
    const { experiment, kept } = this.request;
    if (!store || !kept) return null;
    return new RunKeeper({
      store,
      key: () => experimentText({ ...experiment, training: this.spec }),
      engine: () => (this.resources.info ? engineText(this.resources.info) : ''),
      notify: (problem) => this.emit({ type: 'notice', problem }),
    });
  }

  /** What was kept of the run on an earlier visit is shown as if it had just been trained. */
  private async goOnFromKept(training: Training): Promise<void> {
    const { run, kept } = this.request;
    await this.keeper?.begin(training, kept === 'afresh', (batch) => {
      this.emit({ type: 'records', run, batch, speed: null });
    });
    this.abandoned.signal.throwIfAborted();
  }

  /** So that there is something to see before anybody has trained. */
  private async measureUntrained(): Promise<void> {
    const { training } = this.networks;
    if (!training || training.started || this.playing || !training.possible) return;
    await this.work(() => training.measureUntrained());
    this.outbox.flush();
  }

  /** So that the first step need not wait for it. Another experiment has to, so it is done where it is quick. */
  private async evaluateUntrained(): Promise<void> {
    const { training } = this.networks;
    if (!training?.evaluable || training.started || !areQuicklyEvaluated(this.request.experiment)) return;
    await this.work(() => training.evaluateUntrained(() => !this.playing));
  }

  /** So that a long run can be said to take how long, before it starts and before it goes on. */
  private async timeSteps(): Promise<void> {
    const { training } = this.networks;
    if (!training?.possible || training.trained || this.playing || this.spec.steps < LONG_RUN) return;
    await this.work(async () => {
      const speed = await training.timeSteps(() => !this.playing);
      if (speed) this.emit({ type: 'records', run: this.request.run, batch: packRecords([]), speed });
    });
  }

  private async compareWith(base: TrainedBase, training: Training): Promise<void> {
    await settledOrAborted(training.untilEvaluable(), this.abandoned.signal);
    this.abandoned.signal.throwIfAborted();
    const report = await this.networks.compareWith(base);
    if (report) this.emit({ type: 'grafted', run: this.request.run, report });
  }

  private async play(): Promise<void> {
    const { training } = this.networks;
    if (!training) return;
    if (this.playing) this.tell({ kind: 'running' });
    while (this.playing && !training.finished) {
      if (training.possible) await this.advance();
      else await this.wait(Promise.race([training.untilPossible(), this.jobs.untilSlippedIn()]));
      // What pauses the run has to wait until it has paused.
      if (this.playing) await this.jobs.doWaiting();
    }
    await this.drain(training);
    this.settle(training);
  }

  private async stepOnce(): Promise<void> {
    const { training } = this.networks;
    if (!training) return;
    if (!training.possible) await this.wait(training.untilPossible());
    if (training.possible) await this.advance(1);
    await this.drain(training);
    this.settle(training);
  }

  private async advance(most?: number): Promise<void> {
    await this.work((training) => training.advance(most));
    if (this.keeper?.isDue) await this.keepRun();
    this.outbox.flushIfDue();
    await breathe();
    this.abandoned.signal.throwIfAborted();
  }

  /** Waits for what is under way, and keeps a copy of where training stands. */
  private async drain(training: Training): Promise<void> {
    await this.work(() => training.drain());
    training.checkpoint();
    await this.keepRun();
  }

  private async keepRun(): Promise<void> {
    await this.work(async (training) => this.keeper?.save(training));
  }

  /** Does something with the networks, which may go on on another engine. */
  private async work(work: (training: Training) => Promise<void>): Promise<void> {
    const wentOn = await this.networks.do(work);
    if (wentOn && this.playing) this.tell({ kind: 'running' });
  }

  private tellAfterRecords(event: LabEvent): void {
    this.outbox.flush();
    this.emit(event);
  }

  /** Waits for something, or for somebody who does not want to wait any longer. */
  private async wait(until: Promise<void>): Promise<void> {
    this.outbox.flush();
    await settledOrAborted(until, this.paused.signal, this.abandoned.signal);
    this.abandoned.signal.throwIfAborted();
  }

  private async imagesArrived(): Promise<void> {
    this.emit({ type: 'imagesArrived', run: this.request.run });
    const wasAwaited = this.networks.training?.awaitsImages;
    await this.work((training) => training.evaluatePostponed());
    this.outbox.flush();
    // A run that was paused before could not be kept without its errors.
    if (wasAwaited && !this.playing) await this.keepRun();
    // Behind the measurement of untrained networks, which somebody looks at.
    this.jobs.schedule(() => this.evaluateUntrained());
  }

  private settle(training: Training): void {
    this.outbox.flush();
    if (training.finished) this.playing = false;
    if (!this.playing) this.tell({ kind: training.finished ? 'finished' : 'paused' });
  }
}

export class Session {
  private readonly resources: Resources;
  private run: LiveRun | null = null;

  constructor(
    options: ResourceOptions,
    readonly emit: LabListener,
  ) {
    this.resources = new Resources(options);
  }

  do(command: Command): void {
    if (command.type !== 'load' && this.run) this.run.do(command);
    else if ('request' in command) {
      const after = this.run?.abandon() ?? Promise.resolve();
      this.run = new LiveRun({ request: command.request, resources: this.resources, emit: this.emit, after });
    }
  }

  /** Reports what went wrong outside of any job, for instance an unhandled rejection in the worker. */
  fail(error: unknown): void {
    this.run?.fail(error);
  }
}
