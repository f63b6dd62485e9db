/** What is measured of one network when somebody asks, not at every step. All of it is computed in float64. */
import type { NetworkId } from '../spec/experiment.ts';

/** The sizes of a residual block's two summands, x and F(x), over a minibatch in training mode. */
export interface BlockSizes {
  /** Index of the block's last weight layer. */
  readonly layer: number;
  /** Standard deviation of the shortcut's output, x. */
  readonly trunk: number;
  /** Standard deviation of the branch's, F(x), before the addition. */
  readonly branch: number;
}

export interface BlocksReport {
  readonly network: NetworkId;
  /** Updates made before. */
  readonly step: number;
  readonly images: number;
  /** Input first. */
  readonly blocks: readonly BlockSizes[];
}

/** One number of the network: its gradient as the engine computes it, and as nudging it up and down shows it. */
export interface GradientPair {
  /** Of the parameter, for instance `conv 3 weight`. */
  readonly name: string;
  /** Which of its numbers. */
  readonly index: number;
  readonly engine: number;
  readonly finiteDifference: number;
}

export interface GradientsReport {
  readonly network: NetworkId;
  readonly step: number;
  readonly images: number;
  /** How many there will be. */
  readonly planned: number;
  /** As far as they have been computed. */
  readonly pairs: readonly GradientPair[];
}
