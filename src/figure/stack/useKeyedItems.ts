import { useState } from 'react';
import type { Item } from '../../experiment/experiment.ts';
import { type KeyedItem, keyed } from './itemKeys.ts';

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
