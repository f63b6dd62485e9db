import { text } from '../../messages/messages.ts';
import type { ChartTable } from '../../plot/table.ts';
import type { Quantity } from '../../records/records.ts';
import type { Run } from '../../records/run.ts';

const words = text.charts.history;

/** The history as rows with a column for every layer; where steps share a row, with mean, lowest and highest value. */
export function tableOf(run: Run | null, quantity: Quantity): ChartTable {
  if (run === null) return { columns: [], rows: [] };
  const { history, layerNames, steps } = run;
  const { layers, stepsPerRow } = history;
  const parts = stepsPerRow === 1 ? (['mean'] as const) : (['mean', 'low', 'high'] as const);
  const heading = (name: string) => (stepsPerRow === 1 ? [name] : parts.map((part) => words.columnOf(name, part)));
  return {
    columns: [text.charts.step, ...layerNames.flatMap(heading)],
    rows: Array.from({ length: Math.ceil(steps / stepsPerRow) }, (_, row) => [
      words.rowName(row * stepsPerRow + 1, Math.min(steps, (row + 1) * stepsPerRow)),
      ...layerNames.flatMap((_, layer) => parts.map((part) => history[part][quantity][row * layers + layer] ?? null)),
    ]),
  };
}
