import { networkIds } from '../../src/experiment/experiment.ts';
import type { LabResult } from './page/lines.ts';
import type { SweepResult } from './page/sweepLines.ts';
import { words } from './words.ts';

/** Columns padded to their widest cell; the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    widths
      .map((width, column) => (column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width)))
      .join('  ')
      .trimEnd(),
  );
}

/** A result for people. */
export function resultTable({ engine, backend, device, msPerStep, networks }: LabResult): string[] {
  const rows = networkIds.flatMap((id) => {
    const network = networks[id];
    return network ? [words.cells(network)] : [];
  });
  return [...table([words.columns, ...rows]), '', words.speed(engine, backend, device, msPerStep)];
}

/** The result of a sweep for people. */
export function sweepTable({ axis, engine, backend, device, remark, groups }: SweepResult): string[] {
  const { columns, cells, engine: computed } = words.sweep;
  const remarks = remark === null ? [] : [remark];
  return [...table([columns(axis), ...groups.map(cells)]), '', computed(engine, backend, device), ...remarks];
}
