import type { Quantity } from '../../measurements/records.ts';
import type { Run } from '../../measurements/run.ts';
import { text } from '../../messages/messages.ts';
import type { ChartTable } from '../tools/table.ts';

/** The history as rows, a step each, with a column for every layer. */
export function tableOf(run: Run | null, quantity: Quantity): ChartTable {
  if (run === null) return { columns: [], rows: [] };
  const layers = run.layerNames.length;
  return {
    columns: [text.charts.step, ...run.layerNames],
    rows: Array.from({ length: run.steps }, (_, index) => [
      index + 1,
      ...run.history[quantity].subarray(index * layers, (index + 1) * layers),
    ]),
  };
}
