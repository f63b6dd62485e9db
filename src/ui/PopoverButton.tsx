import type { ReactNode } from 'react';
import { Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { Button, type ButtonProps } from './Button.tsx';
import './overlay.css';

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
  return (
    <DialogTrigger {...(onOpenChange && { onOpenChange })}>
      <Button look={look} {...(name && { 'aria-label': name })} {...(className && { className })}>
        {face}
      </Button>
      <Popover className={`popover${isWide ? ' popover-wide' : ''}`} offset={6}>
        <Dialog className="popover-dialog">
          <Heading slot="title" level={2} className="popover-title">
            {title}
          </Heading>
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
