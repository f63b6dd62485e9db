import { useState } from 'react';
import { text } from '../messages/messages.ts';
import { CopyField } from '../ui/CopyField.tsx';
import { PopoverButton } from '../ui/PopoverButton.tsx';
import { useFrames } from '../ui/useFrames.ts';
import { useLab } from './lab.ts';
import { currentLink } from './linkSync.ts';
import type { Views } from './views.ts';

const words = text.app.share;

/** Copies the address of the experiment; where the browser refuses that, shows it selected, to copy by hand. */
export function ShareButton({ views }: { readonly views: Views }) {
  const [outcome, setOutcome] = useState<'pending' | 'copied' | 'refused'>('pending');
  const view = useFrames(views, (state) => state);
  const link = useLab((state) => new URL(currentLink(state, view), location.href).href);
  const copy = async (): Promise<void> => {
    setOutcome('pending');
    try {
      await navigator.clipboard.writeText(link);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  };
  return (
    <PopoverButton title={words.title} face={words.button} look="chip" onOpenChange={(isOpen) => isOpen && void copy()}>
      <p className="share-outcome" role="status">
        {outcome === 'copied' ? words.copied : outcome === 'refused' ? words.refused : ''}
      </p>
      <CopyField label={words.link} value={link} />
    </PopoverButton>
  );
}
