import type { ReactNode } from 'react';
import './table.css';

export interface TableProps {
  /** Headings. */
  readonly columns: readonly string[];
  /** What it shows, in sight above it. */
  readonly caption?: string;
  /** Where it may be larger than its place: the name of the region in which it scrolls, which keys reach. */
  readonly region?: string;
  /** Whether all columns but the first hold numbers, which line up at their ends. */
  readonly isNumeric?: boolean;
  /** Its bodies, of rows with a heading each: `<tbody>`. */
  readonly children: ReactNode;
}

/** Rows under headings. */
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
