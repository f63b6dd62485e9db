/** How far the page works without a network, and the button that keeps all of it. */
import { useEffect, useRef, useState } from 'react';
import { laterText } from '../messages/laterText.ts';
import { Button } from '../ui/Button.tsx';
import { canBeKept, howMuchIsKept, type Kept, keepPage } from './keeping.ts';

const words = laterText.offline;

export function OfflineControl() {
  const [kept, setKept] = useState<Kept | null>(null);
  const [state, setState] = useState<'idle' | 'keeping' | 'failed'>('idle');
  const saying = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (canBeKept()) howMuchIsKept().then(setKept, () => setState('failed'));
  }, []);
  if (!canBeKept()) return <p className="note">{words.cannot}</p>;
  const keep = async () => {
    setState('keeping');
    // The button waits, and goes: whoever pressed it stays in this dialog.
    saying.current?.focus();
    try {
      // So that the browser does not throw it away when it needs room; it may refuse.
      await navigator.storage.persist?.();
      await keepPage('all', { onProgress: setKept });
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  const isWhole = kept !== null && kept.kept >= kept.total;
  const said = () => {
    if (state === 'failed') return words.failed;
    if (!kept) return '';
    if (state === 'keeping') return words.keeping(kept.kept, kept.total);
    return isWhole ? words.kept(kept.total) : words.partly;
  };
  return (
    <>
      <p className="note" role="status" tabIndex={-1} ref={saying}>
        {said()}
      </p>
      {kept && !isWhole && (
        <Button onPress={keep} isDisabled={state === 'keeping'}>
          {words.keep(kept.total - kept.kept)}
        </Button>
      )}
    </>
  );
}
