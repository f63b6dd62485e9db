/**
 * The networks of a run under training, on an engine that can: on the one that was asked for; from their latest copy on
 * another device where one is lost, as drivers crash, also while kernels are compiled; on the next engine where one refuses
 * the networks, in whatever it is asked to do with them, or loses every device at one place.
 */
import type { ArrivingImages } from '../../data/openImages.ts';
import { type Engine, type EngineName, EngineRefusal } from '../../engine/engine.ts';
import type { NetworkId, TrainingSpec } from '../../experiment/experiment.ts';
import { type Problem, ProblemError, problem } from '../../experiment/problem.ts';
import type { TrainedBase } from '../../network/graft.ts';
import type { GraftReport } from '../../records/graft.ts';
import type { MeasurementRecord } from '../../records/records.ts';
import { graftReport } from './grafting.ts';
import { type BuiltNetwork, buildNetworks, type TrainedNetworks } from './networks.ts';
import type { LabListener, RunRequest } from './protocol.ts';
import type { Resources } from './resources.ts';
import { Training } from './training.ts';

/** Why an engine could not go on with a run. */
interface GiveUp {
  readonly kind: 'lost' | 'refused';
  readonly engine: EngineName;
  readonly reason: string;
}

/** Long enough for a browser to say that a device is lost, after it has let down what was under way on it. */
const LOSS_IS_TOLD_MS = 500;
/** Devices that an engine may lose at one place before another engine takes over. */
const MOST_LOSSES = 2;
/** Devices lost at one place, on whichever engine, behind which there is no use in another. */
const HOPELESS = 3 * MOST_LOSSES;

/**
 * What an error means for the engine it came from; null where it is neither a refusal nor a lost device.
 * To be asked before the engine is disposed, which ends its device too.
 */
async function giveUpOf(engine: Engine | null, error: unknown): Promise<GiveUp | null> {
  if (!engine) return null;
  const { name, lost } = engine;
  const silence = new Promise<null>((resolve) => setTimeout(() => resolve(null), LOSS_IS_TOLD_MS));
  // Of an error on a device that is going: browsers let down what is being compiled, too, which looks like a refusal.
  const reason = lost && (await Promise.race([lost, silence]));
  if (reason !== null) return { kind: 'lost', engine: name, reason };
  return error instanceof EngineRefusal ? { kind: 'refused', engine: name, reason: error.message } : null;
}

/** Counts the devices lost at one place of a run: whether the same engine is worth another try. */
class GiveUps {
  private losses = 0;
  private place = -1;

  /** Whether there is no use in another device or engine. */
  get isHopeless(): boolean {
    return this.losses >= HOPELESS;
  }

  /**
   * The engine to do without from now on; null where the same one may go on, on another device.
   * @param step from which the run goes on: an engine that loses every device there would lose the next one too
   */
  without({ kind, engine }: GiveUp, step: number): EngineName | null {
    if (kind === 'refused') return engine;
    this.losses = step === this.place ? this.losses + 1 : 1;
    this.place = step;
    return this.losses > MOST_LOSSES ? engine : null;
  }
}

/** What is said of an engine that could not build the networks. */
function unbuiltNotice({ kind, engine, reason }: GiveUp): Problem {
  return kind === 'refused'
    ? problem('engine.refused', { engine, reason })
    : problem('engine.lostBuilding', { reason });
}

/** What is said when training goes on from a copy. */
function resumedNotice(giveUp: GiveUp | null, from: { readonly step: number; readonly lost: number }): Problem {
  if (!giveUp) return problem('engine.resumed', from);
  const { kind, engine, reason } = giveUp;
  return kind === 'lost' ? problem('engine.lost', { reason, ...from }) : problem('engine.refused', { engine, reason });
}

export interface DurableTrainingOptions {
  readonly request: RunRequest;
  /** What is trained, as it is now. */
  readonly spec: () => TrainingSpec;
  readonly resources: Resources;
  readonly arriving: ArrivingImages;
  readonly emit: LabListener;
  readonly onRecord: (record: MeasurementRecord) => void;
  /** Told the share of the preparations that is done. */
  readonly onPrepared: (share: number) => void;
  /** Aborted when the run is given up: then everything throws at its next chance. */
  readonly signal: AbortSignal;
}

export class DurableTraining {
  private readonly options: DurableTrainingOptions;
  private live: Training | null = null;
  private networks: readonly BuiltNetwork[] = [];
  /** Training whose networks have gone with their engine; its copies are there. */
  private interrupted: Training | null = null;
  private giveUps = new GiveUps();

  constructor(options: DurableTrainingOptions) {
    this.options = options;
  }

  /** Null before the networks are built, and after a failure of their engine. */
  get training(): Training | null {
    return this.live;
  }

  network(id: NetworkId): BuiltNetwork | null {
    return this.networks.find((each) => each.id === id) ?? null;
  }

  /** Builds the networks where there are none. After a failure they go on from their latest copy. */
  async prepare(): Promise<Training> {
    if (this.live) return this.live;
    const interrupted = this.interrupted;
    if (interrupted && interrupted.copiedAt > 0) return this.resume(interrupted, null);
    const { request, emit, onRecord, ...options } = this.options;
    const engine = await this.build();
    emit({ type: 'began', run: request.run, networks: this.networks.map(({ info }) => info) });
    this.live = new Training({ ...options, networks: this.networks, engine, emit: onRecord });
    return this.live;
  }

  /**
   * Does something with the networks. Where their engine does not outlive it, training goes on from its latest copy.
   * @returns whether it does
   */
  async do(work: (training: Training) => Promise<void>): Promise<boolean> {
    const training = this.live;
    if (!training) return false;
    try {
      await work(training);
      return false;
    } catch (error) {
      const giveUp = await this.interrupt(error);
      if (!giveUp) throw error;
      await this.resume(training, giveUp);
      return true;
    }
  }

  /** What grafting has changed, before anything is trained; null where no engine runs. */
  async compareWith(base: TrainedBase): Promise<GraftReport | null> {
    const { request, resources, arriving } = this.options;
    const engine = resources.current;
    if (!engine) return null;
    const subject = { engine, base, networks: this.networks, images: arriving.images };
    try {
      return await graftReport({ ...subject, training: request.experiment.training });
    } catch (error) {
      await this.interrupt(error);
      throw error;
    }
  }

  /** Frees the networks, once nothing of theirs is under way. */
  async dispose(): Promise<void> {
    const training = this.live;
    this.live = null;
    this.networks = [];
    await training?.dispose();
  }

  /**
   * After an error, neither the engine nor its networks are used again.
   * @returns what it means for the engine; null where another cannot go on
   */
  private async interrupt(error: unknown): Promise<GiveUp | null> {
    const { resources, signal } = this.options;
    if (signal.aborted || error instanceof ProblemError) return null;
    const giveUp = await giveUpOf(resources.current, error);
    this.interrupted = this.live;
    await this.dispose();
    resources.dropEngine();
    return giveUp;
  }

  /**
   * Goes on where the latest copy was taken, on a new device, or on another engine.
   * @param giveUp what became of the engine; null where somebody has asked to try again
   */
  private async resume(training: Training, giveUp: GiveUp | null): Promise<Training> {
    const engine = await this.build(training.copiedAt, giveUp);
    const from = training.resume({ networks: this.networks, engine });
    this.live = training;
    this.interrupted = null;
    this.options.emit({ type: 'notice', problem: resumedNotice(giveUp, from) });
    return training;
  }

  /**
   * @param place step from which the networks will train
   * @param after what became of the engine that had them; null where none had, or where somebody has asked to try again
   * @returns the engine that has them now
   * @throws what the last engine had against it, where none can
   */
  private async build(place = 0, after: GiveUp | null = null): Promise<TrainedNetworks['engine']> {
    const { request, resources, arriving, emit, onPrepared, signal } = this.options;
    const { experiment, base = null, seeds } = request;
    const { memoryBudget } = resources.options;
    const onPart = (done: number, total: number) => onPrepared(done / total);
    if (!after) this.giveUps = new GiveUps();
    let without = after && this.giveUps.without(after, place);
    for (;;) {
      const engine = await resources.engine(request.engine, emit, without);
      signal.throwIfAborted();
      try {
        const how = { budget: memoryBudget, base, seeds, onPrepared: onPart };
        const built = await buildNetworks(engine, experiment, arriving.images, how);
        this.networks = built.networks;
        return built.engine;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof ProblemError) throw error;
        const giveUp = await giveUpOf(engine, error);
        resources.dropEngine();
        signal.throwIfAborted();
        const isSecondRefusal = giveUp?.kind === 'refused' && without !== null;
        if (!giveUp || isSecondRefusal || this.giveUps.isHopeless) throw error;
        emit({ type: 'notice', problem: unbuiltNotice(giveUp) });
        without = this.giveUps.without(giveUp, place) ?? without;
      }
    }
  }
}
