/** Copies of all networks at one step, from which training goes on if the device is lost. */
import type { Snapshot } from '../../engine/engine.ts';
import type { TrainedNetwork } from './networks.ts';

export interface Checkpoint {
  readonly step: number;
  /** Networks that still trained. */
  readonly active: readonly TrainedNetwork['id'][];
  /** By network. */
  readonly snapshots: ReadonlyMap<TrainedNetwork['id'], Snapshot>;
}

/**
 * At most 200 steps are lost with a device: those between two copies, and those that are asked for until the later one
 * has arrived, which an engine may be ahead by.
 */
const STEPS_BETWEEN_CHECKPOINTS = 160;

export class Checkpoints {
  private newest: Checkpoint | null = null;
  private asked = 0;

  /** Null before the first copy has arrived: then training starts again from its first step. */
  get latest(): Checkpoint | null {
    return this.newest;
  }

  /** A copy that was asked for later never arrived. */
  resumedAt(step: number): void {
    this.asked = step;
  }

  isDue(step: number): boolean {
    return step - this.asked >= STEPS_BETWEEN_CHECKPOINTS;
  }

  /**
   * Asks for copies as of the steps asked for so far, and does not wait for them. One that fails leaves
   * the one before: what made it fail shows elsewhere.
   */
  take(step: number, networks: readonly TrainedNetwork[], active: readonly TrainedNetwork[]): void {
    this.copy(step, networks, active).catch(() => undefined);
  }

  /** Copies all networks as of the steps asked for so far. */
  async copy(
    step: number,
    networks: readonly TrainedNetwork[],
    active: readonly TrainedNetwork[],
  ): Promise<Checkpoint> {
    this.asked = step;
    const copies = networks.map(async ({ id, trainer }) => [id, await trainer.snapshot()] as const);
    const copy = { step, active: active.map(({ id }) => id), snapshots: new Map(await Promise.all(copies)) };
    this.newest = copy;
    return copy;
  }

  /** A copy that was made elsewhere. */
  adopt(copy: Checkpoint): void {
    this.newest = copy;
  }
}
