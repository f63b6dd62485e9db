import { CodeTabs } from '../../code/CodeTabs.tsx';

/** The networks of the lesson as programs. */
export function CodeView() {
  return <CodeTabs />;
}
