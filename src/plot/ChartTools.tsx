import {
  lazy,
  memo,
  type RefObject,
  Suspense,
  useCallback,
  useContext,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { text } from '../messages/messages.ts';
import { MoreIcon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/MenuButton.tsx';
import { AboutContext, aboutLines } from './about.ts';
import type { ChartContent } from './table.ts';

/** Of those who ask for it. */
const DataTable = lazy(() => import('./DataTable.tsx'));

/** A function that makes what a chart showed last, and stays the same function. */
export function useContent(make: () => ChartContent): () => ChartContent {
  const newest = useRef(make);
  useLayoutEffect(() => {
    newest.current = make;
  });
  return useCallback(() => newest.current(), []);
}

const words = text.charts.tools;

export interface ChartToolsProps {
  /** Of the chart, in the name of its menu. */
  readonly name: string;
  /** Asked for when somebody wants it. The same function at every render, so that a running network does not redraw the menu. */
  readonly content: () => ChartContent;
  /** What a picture shows. */
  readonly figure: RefObject<HTMLElement | null>;
}

const actions = ['table', 'svg', 'png', 'csv'] as const;
type Action = (typeof actions)[number];

const groups = [
  { key: 'chart', label: words.menu, entries: actions.map((key) => ({ key, label: words.actions[key] })) },
];

/** The menu of a chart: its data as a table, and files that stand on their own. */
export const ChartTools = memo(function ChartTools({ name, content, figure }: ChartToolsProps) {
  const about = useContext(AboutContext);
  const [shown, setShown] = useState<ChartContent | null>(null);
  const save = async (action: Exclude<Action, 'table'>): Promise<void> => {
    const { saveChart } = await import('./chartFiles.ts');
    await saveChart(action, content(), figure.current, aboutLines(about(), new Date()));
  };
  const choose = (key: string): void => {
    const action = actions.find((candidate) => candidate === key);
    if (action === 'table') setShown(content());
    else if (action) void save(action);
  };
  return (
    <>
      <MenuButton look="icon" name={words.menuOf(name)} face={<MoreIcon />} groups={groups} onChoose={choose} />
      {shown && (
        <Suspense fallback={null}>
          <DataTable {...shown} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </>
  );
});
