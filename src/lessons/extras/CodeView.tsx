import { CodeTabs } from '../../export/CodeTabs.tsx';

/** The networks of the lesson as programs. */
export function CodeView() {
  return <CodeTabs />;
}
