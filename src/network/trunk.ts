import type { NetworkSpec } from '../experiment/experiment.ts';
import type { Draft } from './drafting.ts';
import type { NodeId } from './graph.ts';

/** How far the stack has been built. */
export interface Trunk {
  readonly node: NodeId;
  /**
   * After a pre-activation block: its last weight layer, whose sum is still to be normalised and activated. The next block
   * does that at its start; before anything else that follows it is done separately.
   */
  readonly open: { readonly layer: number; readonly name: string } | null;
  /** Residual blocks so far. */
  readonly blocks: number;
}

/** The trunk after its outstanding normalisation and activation, which belong to the layer that left them. */
export function activated(draft: Draft, { norm, act }: NetworkSpec, trunk: Trunk): Trunk {
  if (trunk.open === null) return trunk;
  const { layer, name } = trunk.open;
  const node = draft.activation(draft.norm(trunk.node, norm, name), act);
  draft.activatedBy(layer, node, act);
  return { ...trunk, node, open: null };
}
