/**
 * Items of a stack have no names of their own, but focus, open editors and drag and drop need to
 * know which item is which before and after an edit. Keys follow from comparing the two stacks.
 */
import type { Item } from '../../experiment/experiment.ts';
import { sameItem } from '../../experiment/stack.ts';

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
