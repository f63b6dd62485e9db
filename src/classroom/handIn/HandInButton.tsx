import { lazy, Suspense } from 'react';
import { text } from '../../messages/messages.ts';
import type { FinishedCell } from '../../session/sweeps/finishedCell.ts';
import { PopoverButton } from '../../ui/PopoverButton.tsx';

const HandInPanel = lazy(() => import('./HandInPanel.tsx'));

const words = text.app.handIn;

export interface HandInButtonProps {
  /** A run that is kept; what the lab has finished, unless given. */
  readonly cell?: FinishedCell;
  /** Of the button, where there are several. */
  readonly name?: string;
  readonly look?: 'chip' | 'plain';
}

/** Offers a finished run as a text, a link and a QR code, for whoever collects the runs of a class. */
export function HandInButton({ cell, name, look = 'chip' }: HandInButtonProps) {
  return (
    <PopoverButton title={words.title} look={look} face={words.button} isWide {...(name && { name })}>
      <Suspense>
        <HandInPanel {...(cell && { cell })} />
      </Suspense>
    </PopoverButton>
  );
}
