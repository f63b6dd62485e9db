import { text } from '../messages/messages.ts';
import { ModalDialog } from '../ui/ModalDialog.tsx';
import { Table } from '../ui/Table.tsx';
import { exact } from './format.ts';
import { type ChartTable, sampledRows, type TableCell } from './table.ts';

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
export default function DataTable({ title, summary, table, onClose }: DataTableProps) {
  const words = text.charts.tools;
  const rows = sampledRows(table.rows, MOST_ROWS);
  return (
    <ModalDialog title={words.tableOf(title)} closeLabel={words.close} onClose={onClose}>
      <p className="view-text">{summary}</p>
      {rows.length < table.rows.length && <p className="view-text">{words.thinned(rows.length, table.rows.length)}</p>}
      <Table columns={table.columns} region={words.tableOf(title)} isNumeric>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows stay where they are
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
