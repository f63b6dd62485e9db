/** What takes part in the bench: one network under training, on one library. */
import type { TrainingImages } from '../../../../src/data/images.ts';
import type { NetworkGraph } from '../../../../src/network/graph.ts';

/** What all contenders train: a residual network of He et al.'s three stages, with option A shortcuts. */
export interface Setup {
  readonly graph: NetworkGraph;
  /** Weight layers, 6n + 2. */
  readonly depth: number;
  /** Initial parameters in the graph's order. */
  readonly initial: readonly Float32Array[];
  readonly images: TrainingImages;
  /** Of SGD with momentum 0.9; it stays as it is. */
  readonly learningRate: number;
}

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

/** One row of the stages that the first conv layer is followed by: the stride of each block, in order. */
export function blockStrides(depth: number): readonly (1 | 2)[] {
  const perStage = (depth - 2) / 6;
  return Array.from({ length: 3 * perStage }, (_, block) => (block > 0 && block % perStage === 0 ? 2 : 1));
}
