/** A session under test: small experiments on noise images that arrive when a test says so, what is sent to it, and what it tells. */
import type { ArrivingImages, ImageRequest } from '../../data/openImages.ts';
import type { Engine, EngineName, SideBySide, Trainer } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import { testImages } from '../../engine/testNetworks.ts';
import type { Experiment, NetworkId, NetworkSpec, TrainingSpec } from '../../experiment/experiment.ts';
import { type Problem, ProblemError, problem } from '../../experiment/problem.ts';
import { usualNetwork, usualTraining } from '../../experiment/settings.ts';
import { examinations } from '../../instruments/instruments.ts';
import type { TrainedBase } from '../../network/graft.ts';
import type { EvaluationRecord, MeasurementRecord, StepRecord } from '../../records/records.ts';
import type { Examination, ExaminationKind, ExaminationReport } from '../examination.ts';
import { unpackRecords } from './batch.ts';
import type { Command, LabClient, LabEvent, LabListener, RunRequest, Status } from './protocol.ts';
import type { RunStore } from './runStore.ts';
import { Session } from './session.ts';

export const tiny: NetworkSpec = {
  stack: [{ kind: 'conv', width: 2, stride: 2, count: 1 }],
  ...usualNetwork,
  norm: 'none',
};
/** Overflows in its first few steps. */
export const exploding: NetworkSpec = {
  ...tiny,
  init: 'normal',
  std: 10,
  gain: 100,
  act: 'linear',
  stack: [{ kind: 'conv', width: 2, stride: 2, count: 20 }],
};
const training: TrainingSpec = {
  ...usualTraining,
  batch: 4,
  opt: 'sgd',
  lr: 0.1,
  schedule: 'constant',
  train: 20,
  steps: 10,
};

/** A small experiment on noise: seconds in float64. */
export function experiment(networks: readonly NetworkSpec[], changes: Partial<TrainingSpec> = {}): Experiment {
  return { networks, training: { ...training, ...changes } };
}

/** Noise images whose arrival the test decides. */
export class Arrival implements ArrivingImages {
  readonly available = { train: 0, test: 0 };
  readonly images;
  private failure: ProblemError | null = null;
  private waiting: (() => void)[] = [];

  constructor(
    readonly request: ImageRequest,
    arrived: { train: number; test: number },
  ) {
    this.images = { ...testImages(request.size, request.trainCount), test: testImages(request.size, 30).test };
    this.deliver(arrived.train, arrived.test);
  }

  deliver(train: number, test: number): void {
    Object.assign(this.available, { train, test });
    this.wake();
  }

  break(code: 'data.checksum'): void {
    this.failure = new ProblemError(problem(code, { file: 'train-0.bin' }));
    this.wake();
  }

  retry(): void {
    this.failure = null;
  }

  async until(train: number, test: number): Promise<void> {
    while (this.available.train < train || this.available.test < test) {
      if (this.failure) throw this.failure;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  at(request: Partial<ImageRequest>): ArrivingImages {
    return new Arrival({ ...this.request, ...request }, this.available);
  }

  private wake(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }
}

export interface Setting {
  /** Images that are there from the beginning. */
  readonly arrived?: { readonly train: number; readonly test: number };
  /**
   * The engine that is started; the reference engine where none is given.
   * @param without one that has refused
   * @param time 1 for the first that is started
   */
  readonly engine?: (without: EngineName | null, time: number) => Engine | Promise<Engine>;
  readonly memoryBudget?: number;
  readonly runs?: RunStore;
}

/** What a test waits for: a status, another event, or something that is true after one. */
type Awaited = Status['kind'] | LabEvent['type'] | (() => boolean);
type EventOf<A extends Awaited> = A extends LabEvent['type']
  ? Extract<LabEvent, { type: A }>
  : A extends Status['kind']
    ? Extract<LabEvent, { type: 'status' }> & { readonly status: Extract<Status, { kind: A }> }
    : LabEvent;

/** Commands are sent one after the other, as in `at.load(x).play()`, and `until` waits for what follows from the last of them. */
export class TestSession implements LabClient {
  readonly events: LabEvent[] = [];
  readonly sent: Command['type'][] = [];
  readonly loads: Experiment[] = [];
  /** For every engine that was started: the one to do without. */
  readonly without: (EngineName | null)[] = [];
  private readonly listeners = new Set<LabListener>();
  private readonly arrivals: Arrival[] = [];
  private readonly session: Session;
  private request: RunRequest | null = null;
  /** Events before the last command. */
  private before = 0;

  constructor({
    arrived = { train: 20, test: 30 },
    engine = createReferenceEngine,
    memoryBudget = 1e8,
    runs,
  }: Setting = {}) {
    const options = {
      openImages: (request: ImageRequest) => {
        const arrival = new Arrival(request, arrived);
        this.arrivals.push(arrival);
        return arrival;
      },
      startEngine: async (_request: RunRequest['engine'], without: EngineName | null) => {
        const time = this.without.push(without);
        return { engine: await engine(without, time), skipped: [] };
      },
      memoryBudget,
      examiners: examinations,
      ...(runs && { runs }),
    };
    this.session = new Session(options, (event) => this.tell(event));
  }

  /** Passes on what happens, as the session itself does. */
  tell(event: LabEvent): void {
    this.events.push(event);
    for (const listener of this.listeners) listener(event);
  }

  send(command: Command): this {
    this.before = this.events.length;
    this.sent.push(command.type);
    if ('request' in command) this.request = command.request;
    if (command.type === 'load') this.loads.push(command.request.experiment);
    this.session.do(command);
    return this;
  }

  listen(listener: LabListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  load(experiment: Experiment, run = 1, base?: TrainedBase): this {
    const request = { run, experiment, engine: { engine: 'reference', backend: null } } as const;
    return this.send({ type: 'load', request: base ? { ...request, base } : request });
  }

  play(): this {
    return this.send({ type: 'play' });
  }

  pause(): this {
    return this.send({ type: 'pause' });
  }

  step(): this {
    return this.send({ type: 'step' });
  }

  adjust(lr: number, steps: number): this {
    return this.send({ type: 'adjust', changes: { lr, steps } });
  }

  examine(what: Examination, network: NetworkId = 'a'): this {
    return this.send({ type: 'examine', network, what });
  }

  stopExamining(kind: ExaminationKind): this {
    return this.send({ type: 'stopExamining', kind });
  }

  /** What was loaded last, again. */
  retry(): this {
    return this.request ? this.send({ type: 'retry', request: this.request }) : this;
  }

  /** Breaks what runs, from outside. */
  fail(error: Error): this {
    this.before = this.events.length;
    this.session.fail(error);
    return this;
  }

  /** Images that arrive, or do not, for what was loaded first. */
  arrive(how: (arrival: Arrival) => void): this {
    this.before = this.events.length;
    this.arrivals.slice(0, 1).forEach(how);
    return this;
  }

  /** The first event since the last command that is waited for. */
  until<A extends Awaited>(what: A): Promise<EventOf<A>> {
    const isIt = (event: LabEvent) =>
      typeof what === 'function'
        ? what()
        : event.type === what || (event.type === 'status' && event.status.kind === what);
    const known = this.events.slice(this.before).find(isIt);
    return new Promise((resolve) => {
      if (known) resolve(known as EventOf<A>);
      const stop = this.listen((event) => {
        if (!isIt(event)) return;
        stop();
        resolve(event as EventOf<A>);
      });
      if (known) stop();
    });
  }

  /** Trains so many steps, one by one. */
  async steps(count: number): Promise<void> {
    for (let step = 1; step <= count; step++) await this.step().until('paused');
  }

  /** Plays an experiment from its first step to its last. @returns what it measured */
  async finish(wanted: Experiment, run = 1): Promise<MeasurementRecord[]> {
    await this.load(wanted, run).play().until('finished');
    return this.records(run);
  }

  told<T extends LabEvent['type']>(type: T): Extract<LabEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<LabEvent, { type: T }> => event.type === type);
  }

  records(run = 1): MeasurementRecord[] {
    return this.told('records').flatMap((event) => (event.run === run ? unpackRecords(event.batch) : []));
  }

  /** The steps of a network, in the order in which they were told. */
  trained(network: NetworkId = 'a'): number[] {
    return stepsOf(this.records(), network);
  }

  notices(): Problem[] {
    return this.told('notice').map((event) => event.problem);
  }

  reports(): ExaminationReport[] {
    return this.told('examined').map(({ examined }) => examined.report);
  }
}

export function stepRecords(records: readonly MeasurementRecord[]): StepRecord[] {
  return records.filter((record) => record.type === 'step');
}

/** The steps of a network, in the order in which they were told. */
export function stepsOf(records: readonly MeasurementRecord[], of: NetworkId = 'a'): number[] {
  return stepRecords(records).flatMap(({ network, step }) => (network === of ? [step] : []));
}

export function lossesOf(records: readonly MeasurementRecord[]): number[] {
  return stepRecords(records).map(({ loss }) => loss);
}

/** The evaluations, by step. */
export function evaluationsOf(records: readonly MeasurementRecord[]): EvaluationRecord[] {
  return records.filter((record) => record.type === 'evaluation').sort((one, other) => one.step - other.step);
}

/** The whole numbers from one to another. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The reference engine as one that computes elsewhere, and several steps ahead. */
export function ahead(changes: Partial<Engine> = {}): Engine {
  return { ...createReferenceEngine(), lookahead: 16, ...changes };
}

/** The reference engine as one that trains several networks side by side, each on itself. */
export function sideBySide(changes: Partial<SideBySide> = {}): Engine {
  const engine = createReferenceEngine();
  const createTrainers: SideBySide['createTrainers'] = (networks, rule, ...how) =>
    Promise.all(
      networks.map(({ graph, initial, seed }) => engine.createTrainer(graph, initial, { ...rule, seed }, ...how)),
    );
  return {
    ...engine,
    sideBySide: { lookahead: 16, most: 4, memoryNeed: engine.memoryNeed, createTrainers, ...changes },
  };
}

/** An engine that says when its device is gone. */
export function losable(): { readonly engine: Engine; readonly lose: (reason: string) => void } {
  let lose: (reason: string) => void = () => undefined;
  const lost = new Promise<string>((resolve) => {
    lose = resolve;
  });
  return { engine: ahead({ lost }), lose: (reason) => lose(reason) };
}

/**
 * An engine on which a method of its trainers goes wrong in certain calls.
 * @param error what it rejects with in the call of this number, counted over all of its networks; null where nothing goes wrong
 */
export function failing(engine: Engine, method: 'step' | 'evaluate', error: (call: number) => Error | null): Engine {
  let calls = 0;
  return {
    ...engine,
    createTrainer: async (...how) => {
      const trainer: Trainer = await engine.createTrainer(...how);
      trainer[method] = new Proxy(trainer[method], {
        apply: (original, self, asked) => {
          const failure = error(++calls);
          return failure ? Promise.reject(failure) : Reflect.apply(original, self, asked);
        },
      }) as never;
      return trainer;
    },
  };
}
