/** Why an engine could not go on with a run, and whether the same engine is worth another try. */
import { type Engine, type EngineName, EngineRefusal } from '../../engine/engine.ts';

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

/** Counts the devices lost at one place of a run. */
export class GiveUps {
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
