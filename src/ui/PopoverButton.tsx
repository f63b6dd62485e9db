import { type ReactNode, Suspense, useRef, useState } from 'react';
import { Button, type ButtonProps } from './Button.tsx';
import { popup } from './popup.ts';

const DialogPopup = popup('DialogPopup');

export interface PopoverButtonProps {
  /** Heading of what opens, and its name for screen readers. */
  readonly title: string;
  readonly look?: NonNullable<ButtonProps['look']>;
  /** What the button shows. */
  readonly face: ReactNode;
  /** Name of the button where its face is only an icon, or says too little. */
  readonly name?: string;
  readonly className?: string;
  /** For tables and programs, which need more than a column of text. */
  readonly isWide?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** A button that opens a small dialog beside itself. Escape or a press elsewhere closes it. */
export function PopoverButton(props: PopoverButtonProps) {
  const { title, look = 'plain', face, name, className, isWide = false, onOpenChange, children } = props;
  const trigger = useRef<HTMLButtonElement>(null);
  /** Null until it has been open. */
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const change = (opens: boolean): void => {
    setOpen(opens);
    onOpenChange?.(opens);
  };
  return (
    <>
      <Button
        ref={trigger}
        look={look}
        aria-expanded={isOpen ?? false}
        {...(name && { 'aria-label': name })}
        {...(className && { className })}
        onPress={() => change(true)}
      >
        {face}
      </Button>
      {isOpen !== null && (
        <Suspense fallback={null}>
          <DialogPopup {...{ trigger, isOpen, title, isWide }} onOpenChange={change}>
            {children}
          </DialogPopup>
        </Suspense>
      )}
    </>
  );
}
