/** What a network is called, as data; `messages/` puts it into words. */
import { type ArchitectureName, recognizeArchitecture } from './architectures.ts';
import type { Item } from './experiment.ts';
import { type Family, recognizeFamily } from './families.ts';
import { depthOf } from './stack.ts';

export type NetworkName =
  | { readonly kind: 'family'; readonly family: Family }
  | { readonly kind: 'architecture'; readonly architecture: ArchitectureName }
  /** Weight layers of a stack that is no family. */
  | { readonly kind: 'custom'; readonly depth: number };

export function nameOf(network: { readonly stack: readonly Item[] }): NetworkName {
  const family = recognizeFamily(network.stack);
  if (family) return { kind: 'family', family };
  const architecture = recognizeArchitecture(network.stack);
  return architecture ? { kind: 'architecture', architecture } : { kind: 'custom', depth: depthOf(network.stack) };
}
