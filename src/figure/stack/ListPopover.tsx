import { useState } from 'react';
import type { Item } from '../../experiment/experiment.ts';
import { ItemPopover } from './ItemPopover.tsx';

/** The editor of an item in the list; after an edit that moves the item, focus comes back to its button. */
export function ListPopover({ index, item }: { readonly index: number; readonly item: Item }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <ItemPopover index={index} item={item} isOpen={isOpen} onOpenChange={setOpen} onMoved={() => setOpen(false)} />
  );
}
