import { Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { Item } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { ItemEditor } from './ItemEditor.tsx';
import { EditIcon } from './icons.tsx';
import '../../ui/overlay.css';

interface ItemPopoverProps {
  readonly index: number;
  readonly item: Item;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** After an edit that took the item away or elsewhere. */
  readonly onMoved: (item: number) => void;
  readonly className?: string;
}

/** A button that opens the editor of an item beside itself. */
export function ItemPopover({ index, item, isOpen, onOpenChange, onMoved, className = '' }: ItemPopoverProps) {
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button
        look="icon"
        className={`item-edit ${className}`}
        aria-label={text.stack.editItem(text.stack.itemInFull(item))}
      >
        <EditIcon />
      </Button>
      <Popover className="popover" placement="right top" offset={8}>
        <Dialog className="popover-dialog">
          <Heading slot="title" level={4} className="popover-title">
            {text.stack.item(item)}
          </Heading>
          <ItemEditor
            index={index}
            item={item}
            onMoved={(next) => {
              onOpenChange(false);
              onMoved(next);
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
