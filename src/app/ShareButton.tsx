import { lazy, useState } from 'react';
import { text } from '../messages/messages.ts';
import { useLabState } from '../session/hooks.ts';
import type { Views } from '../session/views.ts';
import { ShareIcon } from '../ui/icons.tsx';
import { PopoverButton } from '../ui/PopoverButton.tsx';
import { currentLink } from './linkSync.ts';

const words = text.app.share;

const CopyField = lazy(async () => ({ default: (await import('../ui/popups.tsx')).CopyField }));

/** Copies the address of the experiment; where the browser refuses that, shows it selected, to copy by hand. */
export function ShareButton({ views }: { readonly views: Views }) {
  const [outcome, setOutcome] = useState<'pending' | 'copied' | 'refused'>('pending');
  const [link, setLink] = useState('');
  const labState = useLabState();
  const copy = async (): Promise<void> => {
    const current = new URL(currentLink(labState(), views.getState()), location.href).href;
    setLink(current);
    setOutcome('pending');
    try {
      await navigator.clipboard.writeText(current);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  };
  return (
    <PopoverButton
      title={words.title}
      name={words.button}
      face={
        <>
          <ShareIcon />
          <span className="top-bar-word">{words.button}</span>
        </>
      }
      look="chip"
      className="top-bar-tool"
      onOpenChange={(isOpen) => isOpen && void copy()}
    >
      <p className="share-outcome" role="status">
        {outcome === 'copied' ? words.copied : outcome === 'refused' ? words.refused : ''}
      </p>
      <CopyField label={words.link} value={link} />
    </PopoverButton>
  );
}
