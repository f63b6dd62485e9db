import { lazy, Suspense, useState } from 'react';
import { text } from '../../messages/messages.ts';
import { useLabState } from '../../session/hooks.ts';
import type { Views } from '../../session/views.ts';
import { ShareIcon } from '../../ui/icons.tsx';
import { TopBarTool } from '../../ui/TopBarTool.tsx';
import { useCopy } from '../../ui/useCopy.ts';
import { currentLink } from '../linkSync.ts';

const SharePanel = lazy(() => import('./SharePanel.tsx'));

/** Browsers copy only at once behind a press: what the address depends on is there by then, or the link is shared as it stands. */
let addressOf = (link: string): string => new URL(link, location.href).href;

/** Comes once the page has been drawn. */
export async function loadAddresses(): Promise<void> {
  ({ addressOf } = await import('./sharedPages.ts'));
}

const words = text.app.share;

/** Copies the address of the experiment, and opens the other ways to share it; where the browser refuses to copy, the address is there to be copied by hand. */
export function ShareButton({ views }: { readonly views: Views }) {
  const { copy, saidOf } = useCopy(words);
  const [link, setLink] = useState('');
  const labState = useLabState();
  const share = (): void => {
    const current = currentLink(labState(), views.getState());
    setLink(current);
    void copy(addressOf(current));
  };
  return (
    <TopBarTool
      title={words.title}
      name={words.button}
      icon={<ShareIcon />}
      onOpenChange={(isOpen) => isOpen && share()}
    >
      <p className="share-outcome" role="status">
        {saidOf()}
      </p>
      <Suspense>
        <SharePanel link={link} />
      </Suspense>
    </TopBarTool>
  );
}
