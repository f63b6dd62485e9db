/**
 * Builds the networks of a run, on an engine that can: on the one that was asked for; on another device where one is lost
 * meanwhile, as drivers crash also while kernels are compiled; on the next engine where one refuses the networks, or loses
 * every device.
 */
import type { TrainingImages } from '../../data/images.ts';
import type { Engine } from '../../engine/engine.ts';
import { ProblemError, problem } from '../../experiment/problem.ts';
import { type GiveUp, GiveUps, giveUpOf } from './giveUps.ts';
import { type BuiltNetwork, buildNetworks, type TrainedNetworks } from './networks.ts';
import type { LabListener, RunRequest } from './protocol.ts';
import type { Resources } from './resources.ts';

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
