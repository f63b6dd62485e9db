/** What takes part in the bench: one network under training, on one library. */
import type { Setup } from '../../setup.ts';

export interface Contender {
  /**
   * One update of the network.
   * @param images indices of the training images in the minibatch
   * @returns the loss before the update, as soon as a user of the library has it
   */
  step(images: Uint32Array): Promise<number>;
}

/** Rejects where the library cannot run here. */
export type StartContender = (setup: Setup) => Promise<Contender>;

/** The stride of each block behind the first conv layer, in order. */
export function blockStrides(depth: number): readonly (1 | 2)[] {
  const perStage = (depth - 2) / 6;
  return Array.from({ length: 3 * perStage }, (_, block) => (block > 0 && block % perStage === 0 ? 2 : 1));
}
