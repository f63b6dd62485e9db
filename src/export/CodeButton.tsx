import { lazy, Suspense } from 'react';
import { laterText } from '../messages/laterText.ts';
import { CodeIcon } from '../ui/icons.tsx';
import { TopBarTool } from '../ui/TopBarTool.tsx';

const CodeTabs = lazy(async () => ({ default: (await import('./CodeTabs.tsx')).CodeTabs }));

/** Opens the networks on the page as programs, whose writers are downloaded then. */
export function CodeButton() {
  return (
    <TopBarTool title={laterText.code.title} name={laterText.code.button} icon={<CodeIcon />}>
      <div className="code-popover">
        <Suspense>
          <CodeTabs />
        </Suspense>
      </div>
    </TopBarTool>
  );
}
