/** What a column shows at a step, as a sentence and as rows. */
import { exact } from '../../charts/format/number.ts';
import type { ChartTable } from '../../charts/tools/table.ts';
import { type LayerMeasurements, type Quantity, quantities } from '../../measurements/records.ts';
import { text } from '../../messages/messages.ts';
import type { NetworkGraph } from '../../network/graph.ts';

/** The bars in a sentence: the first and the last layer, and the extremes between them. */
export function summaryOf(
  { layers }: NetworkGraph,
  values: Float32Array,
  quantity: Quantity,
  steps: readonly [from: number, to: number],
): string {
  const finite = [...values].filter(Number.isFinite);
  const at = (index: number) => exact(values[index] ?? Number.NaN);
  return text.stack.summary(text.quantities[quantity].label, {
    layers: layers.length,
    first: at(0),
    last: at(layers.length - 1),
    extent: finite.length > 0 ? [exact(Math.min(...finite)), exact(Math.max(...finite))] : null,
    steps,
  });
}

/** A row a weight layer, input first, with all that was measured of it. */
export function tableOf({ layers }: NetworkGraph, measured: LayerMeasurements): ChartTable {
  return {
    columns: [text.stack.layerColumn, ...quantities.map((quantity) => text.quantities[quantity].column)],
    rows: layers.map(({ name }, layer) => [name, ...quantities.map((quantity) => measured[quantity][layer] ?? null)]),
  };
}
