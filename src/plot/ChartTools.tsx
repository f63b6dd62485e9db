import { memo, type RefObject, useCallback, useContext, useLayoutEffect, useRef, useState } from 'react';
import { text } from '../messages/messages.ts';
import { MoreIcon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/MenuButton.tsx';
import { ModalDialog } from '../ui/ModalDialog.tsx';
import { Table } from '../ui/Table.tsx';
import { AboutContext, aboutLines } from './about.ts';
import { exact } from './format.ts';
import { pngPicture, svgPicture } from './picture.ts';
import { type ChartTable, csvOf, sampledRows, type TableCell } from './table.ts';

/** Hands a file to the reader of the page. */
function download(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has begun to read the file when the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A name that every file system takes: "Error of Plain, 38 layers" as error-of-t7-plain-38. */
export function fileNameOf(title: string, extension: string): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `depthscope-${plain || 'chart'}.${extension}`;
}

/** More than this nobody looks through; the CSV has them all. */
const MOST_ROWS = 200;

function shown(cell: TableCell): string {
  if (cell === null) return text.charts.none;
  if (typeof cell === 'string') return cell;
  return Number.isInteger(cell) ? String(cell) : exact(cell);
}

interface DataTableProps {
  readonly title: string;
  /** What the chart shows, in a sentence. */
  readonly summary: string;
  readonly table: ChartTable;
  readonly onClose: () => void;
}

/** The figures of a chart as a table, in a dialog. */
function DataTable({ title, summary, table, onClose }: DataTableProps) {
  const words = text.charts.tools;
  const rows = sampledRows(table.rows, MOST_ROWS);
  return (
    <ModalDialog title={words.tableOf(title)} closeLabel={words.close} onClose={onClose}>
      <p className="view-text">{summary}</p>
      {rows.length < table.rows.length && <p className="view-text">{words.thinned(rows.length, table.rows.length)}</p>}
      <Table columns={table.columns} region={words.tableOf(title)} isNumeric>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={table.columns[column]}>{shown(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </ModalDialog>
  );
}

/** A function that makes what a chart showed last, and stays the same function. */
export function useContent(make: () => ChartContent): () => ChartContent {
  const newest = useRef(make);
  useLayoutEffect(() => {
    newest.current = make;
  });
  return useCallback(() => newest.current(), []);
}

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
