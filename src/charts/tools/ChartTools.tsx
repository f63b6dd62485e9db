import { type RefObject, useContext, useState } from 'react';
import { text } from '../../messages/messages.ts';
import { MoreIcon } from '../../ui/icons.tsx';
import { MenuButton } from '../../ui/MenuButton.tsx';
import { AboutContext, aboutLines } from './about.ts';
import { DataTable } from './DataTable.tsx';
import { download, fileNameOf } from './download.ts';
import { pngPicture, svgPicture } from './picture.ts';
import { type ChartTable, csvOf } from './table.ts';
import './tools.css';

const words = text.charts.tools;

export interface ChartToolsProps {
  /** The title in plain words. */
  readonly title: string;
  /** What the chart shows, in a sentence. */
  readonly summary: string;
  /** The figures: asked for when somebody wants them. */
  readonly table: () => ChartTable;
  /** What a picture shows. */
  readonly figure: RefObject<HTMLElement | null>;
}

const actions = ['table', 'svg', 'png', 'csv'] as const;
type Action = (typeof actions)[number];

const groups = [
  { key: 'chart', label: words.menu, entries: actions.map((key) => ({ key, label: words.actions[key] })) },
];

/** The menu of a chart: its data as a table, and files that stand on their own. */
export function ChartTools({ title, summary, table, figure }: ChartToolsProps) {
  const about = useContext(AboutContext);
  const [shown, setShown] = useState<ChartTable | null>(null);
  const save = async (action: Exclude<Action, 'table'>): Promise<void> => {
    const lines = aboutLines(about(), new Date());
    if (action === 'csv') {
      const csv = csvOf(table(), [title, summary, ...lines]);
      download(new Blob([csv], { type: 'text/csv;charset=utf-8' }), fileNameOf(title, 'csv'));
      return;
    }
    if (!figure.current) return;
    const svg = svgPicture(figure.current, { title, summary, about: lines });
    const blob = action === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngPicture(svg);
    download(blob, fileNameOf(title, action));
  };
  const choose = (key: string): void => {
    const action = actions.find((candidate) => candidate === key);
    if (action === 'table') setShown(table());
    else if (action) void save(action);
  };
  return (
    <>
      <MenuButton look="icon" name={words.menuOf(title)} face={<MoreIcon />} groups={groups} onChoose={choose} />
      {shown && <DataTable title={title} summary={summary} table={shown} onClose={() => setShown(null)} />}
    </>
  );
}
