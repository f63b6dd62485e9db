/** What a network is called, as data; `messages/` puts it into words. */
import type { Item } from './experiment.ts';
import { type Family, recognizeFamily } from './families.ts';
import { depthOf } from './stack.ts';

export type NetworkName =
  | { readonly kind: 'family'; readonly family: Family }
  /** Weight layers of a stack that is no family. */
  | { readonly kind: 'custom'; readonly depth: number };

export function nameOf(network: { readonly stack: readonly Item[] }): NetworkName {
  const family = recognizeFamily(network.stack);
  return family ? { kind: 'family', family } : { kind: 'custom', depth: depthOf(network.stack) };
}
