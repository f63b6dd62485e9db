import type { ReactNode } from 'react';
import './table.css';

export interface TableProps {
  /** Headings of the columns. */
  readonly columns: readonly string[];
  /** Shown above the table. */
  readonly caption?: string;
  /** The accessible name of a region in which the table scrolls; without it the table does not scroll. */
  readonly region?: string;
  /** All columns but the first hold numbers, which are aligned at their ends. */
  readonly isNumeric?: boolean;
  /** One `<tbody>` or several; each row begins with its heading. */
  readonly children: ReactNode;
}

/** The one table of the house: rows under headings. */
export function Table({ columns, caption, region, isNumeric = false, children }: TableProps) {
  const table = (
    <table className={isNumeric ? 'table table-numeric' : 'table'}>
      {caption !== undefined && <caption>{caption}</caption>}
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      {children}
    </table>
  );
  if (region === undefined) return table;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-region" aria-label={region} tabIndex={0}>
      {table}
    </section>
  );
}
