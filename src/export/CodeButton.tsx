import { lazy, Suspense } from 'react';
import { laterText } from '../messages/laterText.ts';
import { CodeIcon } from '../ui/icons.tsx';
import { PopoverButton } from '../ui/PopoverButton.tsx';

const CodeTabs = lazy(async () => ({ default: (await import('./CodeTabs.tsx')).CodeTabs }));

/** Opens the networks on the page as programs, whose writers are downloaded then. */
export function CodeButton() {
  return (
    <PopoverButton
      title={laterText.code.title}
      name={laterText.code.button}
      face={
        <>
          <CodeIcon />
          <span className="top-bar-word">{laterText.code.button}</span>
        </>
      }
      look="chip"
      className="top-bar-tool"
      isWide
    >
      <div className="code-popover">
        <Suspense>
          <CodeTabs />
        </Suspense>
      </div>
    </PopoverButton>
  );
}
