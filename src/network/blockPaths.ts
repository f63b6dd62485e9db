/**
 * What a residual block does with its two paths before it adds them: its settings as steps, in the order in which signals take them. The graph
 * and the programs in other frameworks are both written from this.
 */
import type { NetworkSpec } from '../experiment/experiment.ts';

export type PathStep =
  | { readonly kind: 'scale'; readonly factor: number }
  /** By one learned factor, from 0. */
  | { readonly kind: 'learnedScale' }
  /** By g or by 1 − g. */
  | { readonly kind: 'gate'; readonly part: 'open' | 'shut' }
  /** Drops a share of the elements in training, and does not rescale the others. */
  | { readonly kind: 'dropout'; readonly share: number }
  /** Drops the whole path in a share of training steps, by `survivalOf` its block. */
  | { readonly kind: 'stochasticDepth' };

function steps(...all: readonly (PathStep | false)[]): readonly PathStep[] {
  return all.filter((step) => step !== false);
}

export function shortcutSteps({ skipscale, gate, dropout }: NetworkSpec): readonly PathStep[] {
  return steps(
    skipscale !== 1 && { kind: 'scale', factor: skipscale },
    gate !== 'none' && { kind: 'gate', part: 'shut' },
    dropout > 0 && { kind: 'dropout', share: dropout },
  );
}

export function branchSteps({ branchscale, skipinit, gate, survival }: NetworkSpec): readonly PathStep[] {
  return steps(
    branchscale !== 1 && { kind: 'scale', factor: branchscale },
    skipinit === 'on' && { kind: 'learnedScale' },
    gate === 'exclusive' && { kind: 'gate', part: 'open' },
    survival < 1 && { kind: 'stochasticDepth' },
  );
}

/**
 * The probability to keep a block's branch: the linear decay of stochastic depth.
 * @param block from 1
 * @param blocks of the network
 */
export function survivalOf({ survival }: NetworkSpec, block: number, blocks: number): number {
  return 1 - (block / blocks) * (1 - survival);
}
