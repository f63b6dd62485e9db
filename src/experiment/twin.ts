import type { Item, NetworkSpec } from './experiment.ts';
import { checkFamily, familyStack, recognizeFamily } from './families.ts';

/**
 * The same network with its plain blocks made residual and its residual blocks made plain: depth, order of the weight
 * layers and settings stay, so with shortcuts of option A both have the same weights. A flat network's conv layers are
 * taken in pairs. A network without blocks is its own twin.
 */
export function twin(network: NetworkSpec): NetworkSpec {
  return { ...network, stack: flatTwin(network.stack) ?? network.stack.map(swapped) };
}

function flatTwin(stack: readonly Item[]): Item[] | null {
  const family = recognizeFamily(stack);
  if (family?.preset !== 'f7') return null;
  const other = { ...family, kind: family.kind === 'plain' ? ('residual' as const) : ('plain' as const) };
  return checkFamily(other).ok ? familyStack(other) : null;
}

function swapped(item: Item): Item {
  if (item.kind === 'plain') return { ...item, kind: 'residual' };
  return item.kind === 'residual' ? { ...item, kind: 'plain' } : item;
}
