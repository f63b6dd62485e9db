import { type ReactNode, Suspense, useId, useRef, useState } from 'react';
import { Button, type ButtonProps } from './Button.tsx';
import { popup } from './popup.ts';
import type { MenuGroup } from './popups.tsx';

const MenuPopup = popup('MenuPopup');

export interface MenuButtonProps {
  readonly face: ReactNode;
  readonly name?: string;
  readonly look?: NonNullable<ButtonProps['look']>;
  /** CSS classes of the button. */
  readonly className?: string;
  readonly isDisabled?: boolean;
  readonly groups: readonly MenuGroup[];
  readonly onChoose: (key: string) => void;
  /** The key of the selected entry; turns the menu into a choice. */
  readonly selected?: string;
}

/** A button that opens a menu of actions, in named groups. */
export function MenuButton({
  face,
  name,
  look = 'plain',
  className = '',
  isDisabled = false,
  ...menu
}: MenuButtonProps) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  /** Null until it has been open. */
  const [focus, setFocus] = useState<'first' | 'last' | true | null>(null);
  const open = (at: 'first' | 'last' | true): void => {
    setFocus(at);
    setOpen(true);
  };
  return (
    <>
      <Button
        id={id}
        ref={trigger}
        look={look}
        className={className}
        isDisabled={isDisabled}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        {...(name && { 'aria-label': name })}
        onPress={({ pointerType }) => open(pointerType === 'keyboard' || pointerType === 'virtual' ? 'first' : true)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            open(event.key === 'ArrowDown' ? 'first' : 'last');
          } else event.continuePropagation();
        }}
      >
        {face}
      </Button>
      {focus !== null && (
        <Suspense fallback={null}>
          <MenuPopup {...menu} {...{ trigger, isOpen, focus }} labelledBy={id} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
