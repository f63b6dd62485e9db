import { csvFormatRow } from 'd3-dsv';

/** What a chart shows as rows and columns, for those who would rather read or compute than look. */
export type TableCell = string | number | null;

export interface ChartTable {
  /** Headings with units. */
  readonly columns: readonly string[];
  /** Null where there is no value; numbers as they were measured, not rounded. */
  readonly rows: readonly (readonly TableCell[])[];
}

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

/**
 * A table as CSV (RFC 4180), which spreadsheets and data frames read.
 *
 * @param remarks what the file has to say of itself, a line each, before the headings and marked by `#`
 */
export function csvOf({ columns, rows }: ChartTable, remarks: readonly string[]): string {
  const lines = [
    ...remarks.map((remark) => `# ${remark.replaceAll(/[\r\n]+/g, ' ')}`),
    ...[columns, ...rows].map((row) => csvFormatRow(row.map((cell) => (cell === null ? '' : String(cell))))),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** No more rows than can be looked through: evenly spaced ones where there are more, the first and the last among them. */
export function sampledRows<T>(rows: readonly T[], most: number): readonly T[] {
  if (rows.length <= most) return rows;
  const every = (rows.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => rows[Math.round(index * every)]).filter((row) => row !== undefined);
}
