/**
 * What residual blocks are made of: where norms and activations stand, and what is done with the two paths before they are added, as steps in the
 * order in which signals take them. The graph and the programs in other frameworks are both written from this.
 */
import type { NetworkSpec } from '../experiment/experiment.ts';

/** Behind a conv, a norm and an activation; of a network without norms, or whose activation is linear, there is no such step. */
export type LayerStep = 'norm' | 'act';

/** Where the norms and activations of a residual block stand. Between two of its convs there are always both. */
export interface Arrangement {
  /** In front of the first conv; what stands before other layers and at the end of a run of blocks, too, as the sum is passed on without it. */
  readonly lead: readonly LayerStep[];
  /** Between the last conv and the addition. */
  readonly trail: readonly LayerStep[];
  /** Behind the addition. */
  readonly after: readonly LayerStep[];
}

/** He et al. 2016 (arXiv 1603.05027), figure 4. */
export const arrangements: Readonly<Record<NetworkSpec['order'], Arrangement>> = {
  /** (a) Original. */
  post: { lead: [], trail: ['norm'], after: ['act'] },
  /** (b) BN after addition. */
  normafter: { lead: [], trail: [], after: ['norm', 'act'] },
  /** (c) ReLU before addition. */
  actbefore: { lead: [], trail: ['norm', 'act'], after: [] },
  /** (d) ReLU-only pre-activation. */
  actonly: { lead: ['act'], trail: ['norm'], after: [] },
  /** (e) Full pre-activation. */
  pre: { lead: ['norm', 'act'], trail: [], after: [] },
};

/** Those of the steps that a network has. */
export function stepsIn({ norm, act }: NetworkSpec, steps: readonly LayerStep[]): readonly LayerStep[] {
  return steps.filter((step) => (step === 'norm' ? norm !== 'none' : act !== 'linear'));
}

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
