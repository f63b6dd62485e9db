import { lazy, Suspense, useEffect, useState } from 'react';
import { laterText } from '../../messages/laterText.ts';
import { useLab } from '../../session/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { ImagesIcon } from '../../ui/icons.tsx';

const DataDialog = lazy(() => import('./DataDialog.tsx'));

/** Opens the choice of images; by itself where a link asks for some that are not on this computer. */
export function DataButton() {
  const [isOpen, setOpen] = useState(false);
  const name = laterText.ownData.button;
  const isMissing = useLab(({ status }) => status.kind === 'failed' && status.problem.code === 'data.missing');
  useEffect(() => {
    if (isMissing) setOpen(true);
  }, [isMissing]);
  return (
    <>
      <Button look="chip" className="top-bar-tool" aria-label={name} onPress={() => setOpen(true)}>
        <ImagesIcon />
        <span className="top-bar-word">{name}</span>
      </Button>
      {isOpen && (
        <Suspense>
          <DataDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
