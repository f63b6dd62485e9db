import type { Item, NetworkSpec } from './experiment.ts';
import { checkFamily, familyStack, recognizeFamily } from './families.ts';
import { channelsBefore, sameItem } from './stack.ts';

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

/**
 * A network without blocks with shortcuts around pairs of its conv layers, as deep as it is; null where there are none to pair. What
 * takes the image, subsamples or narrows stays as it is: no shortcut without parameters goes around that.
 */
export function withShortcuts(network: NetworkSpec): NetworkSpec | null {
  const stack = joined(network.stack);
  const paired = stack.flatMap((item, index): Item[] => {
    if (item.kind !== 'conv' || item.stride !== 1) return [item];
    const isAlone = index === 0 || channelsBefore(stack, index) > item.width;
    const before = isAlone ? 1 : 0;
    const blocks = Math.floor((item.count - before) / 2);
    const behind = item.count - before - 2 * blocks;
    const parts: Item[] = [
      { ...item, count: before },
      { ...item, kind: 'residual', count: blocks },
      { ...item, count: behind },
    ];
    return parts.filter(({ count }) => count > 0);
  });
  return paired.some(({ kind }) => kind === 'residual') && !stack.some(isBlock) ? { ...network, stack: paired } : null;
}

function isBlock({ kind }: Item): boolean {
  return kind === 'plain' || kind === 'residual';
}

/** Neighbours that are alike as one item. */
function joined(stack: readonly Item[]): Item[] {
  const items: Item[] = [];
  for (const item of stack) {
    const last = items.at(-1);
    if (last && sameItem({ ...last, count: 1 }, { ...item, count: 1 })) {
      items[items.length - 1] = { ...last, count: last.count + item.count };
    } else items.push(item);
  }
  return items;
}
