/**
 * Builds the networks of a run, on an engine that can: on the one that was asked for; on another device where one is lost
 * meanwhile, as drivers crash also while kernels are compiled; on the next engine where one refuses the networks, or loses
 * every device.
 */
import type { TrainingImages } from '../../data/images.ts';
import { type Engine, type EngineName, EngineRefusal } from '../../engine/engine.ts';
import { ProblemError, problem } from '../../experiment/problem.ts';
import { type BuiltNetwork, buildNetworks, type TrainedNetworks } from './networks.ts';
import type { LabListener, RunRequest } from './protocol.ts';
import type { Resources } from './resources.ts';

/** Why an engine could not go on with a run. */
export interface GiveUp {
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
export async function giveUpOf(engine: Engine | null, error: unknown): Promise<GiveUp | null> {
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
  #losses = 0;
  #place = -1;

  /** Whether there is no use in another device or engine. */
  get isHopeless(): boolean {
    return this.#losses >= HOPELESS;
  }

  /**
   * The engine to do without from now on; null where the same one may go on, on another device.
   * @param step from which the run goes on: an engine that loses every device there would lose the next one too
   */
  without({ kind, engine }: GiveUp, step: number): EngineName | null {
    if (kind === 'refused') return engine;
    this.#losses = step === this.#place ? this.#losses + 1 : 1;
    this.#place = step;
    return this.#losses > MOST_LOSSES ? engine : null;
  }
}

export interface BuilderOptions {
  readonly request: RunRequest;
  readonly resources: Resources;
  readonly images: TrainingImages;
  readonly emit: LabListener;
  /** Told the share of the preparations that is done. */
  readonly onPrepared: (share: number) => void;
  /** Aborted when the run is given up: then `build` throws at its next chance. */
  readonly signal: AbortSignal;
}

export interface BuiltNetworks extends TrainedNetworks {
  readonly networks: readonly BuiltNetwork[];
}

export class Builder {
  readonly #options: BuilderOptions;
  #giveUps = new GiveUps();

  constructor(options: BuilderOptions) {
    this.#options = options;
  }

  /**
   * @param place step from which the networks will train
   * @param after what became of the engine that had them; null where none had, or where somebody has asked to try again
   * @throws what the last engine had against it, where none can
   */
  async build(place = 0, after: GiveUp | null = null): Promise<BuiltNetworks> {
    const { request, resources, emit, signal } = this.#options;
    if (!after) this.#giveUps = new GiveUps();
    let without = after && this.#giveUps.without(after, place);
    for (;;) {
      const engine = await resources.engine(request.engine, emit, without);
      signal.throwIfAborted();
      try {
        return { networks: await this.#buildOn(engine), engine };
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof ProblemError) throw error;
        const giveUp = await giveUpOf(engine, error);
        resources.dropEngine();
        signal.throwIfAborted();
        const isSecondRefusal = giveUp?.kind === 'refused' && without !== null;
        if (!giveUp || isSecondRefusal || this.#giveUps.isHopeless) throw error;
        const { kind, engine: name, reason } = giveUp;
        emit({
          type: 'notice',
          problem:
            kind === 'refused'
              ? problem('engine.refused', { engine: name, reason })
              : problem('engine.lostBuilding', { reason }),
        });
        without = this.#giveUps.without(giveUp, place) ?? without;
      }
    }
  }

  #buildOn(engine: Engine): Promise<BuiltNetwork[]> {
    const { request, resources, images, onPrepared } = this.#options;
    const { experiment, base = null } = request;
    const { memoryBudget } = resources.options;
    return buildNetworks(engine, experiment, images, memoryBudget, base, (done, total) => onPrepared(done / total));
  }
}
