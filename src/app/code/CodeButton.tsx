import { lazy, Suspense } from 'react';
import { text } from '../../messages/messages.ts';
import { PopoverButton } from '../../ui/PopoverButton.tsx';

const CodeTabs = lazy(async () => ({ default: (await import('./CodeTabs.tsx')).CodeTabs }));

/** Opens the networks on the page as programs, whose writers are downloaded then. */
export function CodeButton() {
  return (
    <PopoverButton title={text.code.title} face={text.code.button} look="chip" isWide>
      <div className="code-popover">
        <Suspense>
          <CodeTabs />
        </Suspense>
      </div>
    </PopoverButton>
  );
}
