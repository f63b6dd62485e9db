import { memo, type RefObject, useContext, useState } from 'react';
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

/** What a chart shows at the moment of asking. */
export interface ChartContent {
  /** In plain words. */
  readonly title: string;
  /** What the title leaves out: units, images, the step. */
  readonly subtitle?: string | null | undefined;
  /** A sentence. */
  readonly summary: string;
  /** The figures. */
  readonly table: ChartTable;
}

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
    const { title, subtitle, summary, table } = content();
    const lines = aboutLines(about(), new Date());
    if (action === 'csv') {
      const csv = csvOf(table, [title, ...(subtitle ? [subtitle] : []), summary, ...lines]);
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
    if (action === 'table') setShown(content());
    else if (action) void save(action);
  };
  return (
    <>
      <MenuButton look="icon" name={words.menuOf(name)} face={<MoreIcon />} groups={groups} onChoose={choose} />
      {shown && <DataTable {...shown} onClose={() => setShown(null)} />}
    </>
  );
});
