import { text } from '../../messages/messages.ts';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { exact } from '../format/number.ts';
import { type ChartTable, type TableCell, thinnedRows } from './table.ts';

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
export function DataTable({ title, summary, table, onClose }: DataTableProps) {
  const words = text.charts.tools;
  const rows = thinnedRows(table.rows, MOST_ROWS);
  return (
    <ModalDialog title={words.tableOf(title)} closeLabel={words.close} onClose={onClose}>
      <p className="data-table-note">{summary}</p>
      {rows.length < table.rows.length && (
        <p className="data-table-note">{words.thinned(rows.length, table.rows.length)}</p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="data-table" aria-label={words.tableOf(title)} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={table.columns[column]}>{shown(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </ModalDialog>
  );
}
