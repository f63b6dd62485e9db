import { elementwise, type OpRules, type ParameterId } from '../op.ts';

/**
 * Wu & He 2018 (arXiv 1803.08494), as PyTorch's GroupNorm: of each image by itself, over all positions and the channels of a group, which are neighbours:
 * scale · (x − mean) / √(variance + ε) + shift, with a scale and a shift a channel. One group of all channels is layer norm over height, width and
 * channels (Ba et al. 2016, arXiv 1607.06450).
 */
export interface GroupNorm {
  readonly kind: 'groupNorm';
  /** Divides the channels. */
  readonly groups: number;
  readonly scale: ParameterId;
  readonly shift: ParameterId;
}

export const groupNorm: OpRules<GroupNorm> = elementwise;
