/** The items of a stack as they are edited: what they can be turned into, what a new one looks like, and which is which after an edit. */
import { useState } from 'react';
import type { ConvItem, Item, ItemKind, Kernel } from '../../experiment/experiment.ts';
import { limits } from '../../experiment/limits.ts';
import { channelsBefore, sameItem } from '../../experiment/stack.ts';

/** Widths that one press goes to: powers of two and the middles between them. Links can state any other. */
const rungs = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];
/** Channels of an item that starts a stack: those of the families. */
const FIRST_WIDTH = 8;

/** The next smaller or larger width; beyond the last of the rungs one more or less, for the limits to refuse. */
export function nextWidth(width: number, direction: -1 | 1): number {
  const next = direction > 0 ? rungs.find((rung) => rung > width) : rungs.findLast((rung) => rung < width);
  return next ?? width + direction;
}

/** The item with filters of its own, or with those of the network. */
export function withKernel({ kernel: _, ...item }: ConvItem, kernel: Kernel | undefined): ConvItem {
  return kernel === undefined ? item : { ...item, kernel };
}

/** The item as another kind: what both kinds know of (filters, width, stride, count) stays. */
export function asKind(item: Item, kind: ItemKind, width: number): Item {
  const { count } = item;
  const { max } = kind === 'dense' ? limits.denseWidth : limits.convWidth;
  const kept = Math.min('width' in item ? item.width : width, max);
  switch (kind) {
    case 'conv':
    case 'plain':
    case 'residual':
    case 'dirac':
    case 'zeroresidual':
      return withKernel(
        { kind, width: kept, stride: 'stride' in item ? item.stride : 1, count },
        'stride' in item ? item.kernel : undefined,
      );
    case 'dense':
      return { kind, width: kept, count };
    default:
      return { kind, count };
  }
}

/** Channels that arrive at an index of the stack, and so the width that changes nothing there. */
export function widthAt(stack: readonly Item[], index: number): number {
  return index === 0 ? FIRST_WIDTH : Math.max(channelsBefore(stack, index), FIRST_WIDTH);
}

/** One new item that fits in at an index of the stack. */
export function newItem(stack: readonly Item[], index: number, kind: ItemKind): Item {
  return asKind({ kind: 'identity', count: 1 }, kind, widthAt(stack, index));
}

/*
 * Items of a stack have no names of their own, but focus, open editors and drag and drop need to
 * know which item is which before and after an edit. Keys follow from comparing the two stacks.
 */

export interface KeyedItem {
  readonly key: string;
  readonly item: Item;
}

/**
 * Keys for the items of `next`: an equal item keeps its key, at the same place first and elsewhere
 * otherwise; where the stack is as long as before, a changed item keeps the key that is left.
 *
 * @param fresh makes a key that was never used
 */
export function keyed(previous: readonly KeyedItem[], next: readonly Item[], fresh: () => string): KeyedItem[] {
  const left = new Map(previous.map((entry) => [entry.key, entry]));
  const keys: (string | undefined)[] = next.map(() => undefined);
  const claim = (index: number, entry: KeyedItem | undefined) => {
    if (!entry || !left.delete(entry.key)) return;
    keys[index] = entry.key;
  };
  next.forEach((item, index) => {
    const entry = previous[index];
    if (entry && sameItem(entry.item, item)) claim(index, entry);
  });
  next.forEach((item, index) => {
    if (keys[index] === undefined)
      claim(
        index,
        [...left.values()].find((entry) => sameItem(entry.item, item)),
      );
  });
  if (next.length === previous.length) {
    next.forEach((_, index) => {
      if (keys[index] === undefined) claim(index, left.values().next().value);
    });
  }
  return next.map((item, index) => ({ key: keys[index] ?? fresh(), item }));
}

/**
 * What a drop means as a move: from where, and to which index once the item is taken out.
 *
 * @param dragged keys of what is dragged; a list without selection drags one item
 * @param target key of the item dropped on, before it or behind it
 */
export function landing(
  keys: readonly string[],
  dragged: readonly string[],
  target: string,
  isBehind: boolean,
): readonly [from: number, to: number] {
  const from = keys.findIndex((key) => dragged.includes(key));
  const slot = keys.indexOf(target) + (isBehind ? 1 : 0);
  return [from, from < slot ? slot - 1 : slot];
}

interface Known {
  readonly stack: readonly Item[];
  readonly items: readonly KeyedItem[];
  /** Keys made so far. */
  readonly keys: number;
}

function known(previous: readonly KeyedItem[], stack: readonly Item[], keysBefore: number): Known {
  let keys = keysBefore;
  const items = keyed(previous, stack, () => `item-${keys++}`);
  return { stack, items, keys };
}

/** The items of a stack with keys that survive edits. */
export function useKeyedItems(stack: readonly Item[]): readonly KeyedItem[] {
  const [state, setState] = useState(() => known([], stack, 0));
  if (state.stack === stack) return state.items;
  const next = known(state.items, stack, state.keys);
  setState(next);
  return next.items;
}
