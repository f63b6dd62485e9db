/** What a column shows at a step, as a sentence and as rows. */

import { text } from '../../messages/messages.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { exact } from '../../plot/format.ts';
import type { ChartTable } from '../../plot/table.ts';
import { type LayerMeasurements, type Quantity, quantities } from '../../records/records.ts';

/** What the bars of a stack show. */
export interface BarsShown {
  readonly graph: NetworkGraph;
  /** One a weight layer. */
  readonly values: Float32Array;
  readonly quantity: Quantity;
  /** The first and the last of the steps whose mean the values are. */
  readonly from: number;
  readonly to: number;
  /** Whether no layer before the classifier has got any gradient from that step on. */
  readonly isDead: boolean;
}

/** The bars in a sentence: the first and the last layer, and the extremes between them. */
export function summaryOf({ graph: { layers }, values, quantity, from, to, isDead }: BarsShown): string {
  const finite = [...values].filter(Number.isFinite);
  const at = (index: number) => exact(values[index] ?? Number.NaN);
  return text.stack.summary(text.quantities[quantity].label, {
    layers: layers.length,
    first: at(0),
    last: at(layers.length - 1),
    extent: finite.length > 0 ? [exact(Math.min(...finite)), exact(Math.max(...finite))] : null,
    steps: [from, to],
    isDead,
  });
}

/** A row a weight layer, input first, with all that was measured of it. */
export function tableOf({ layers }: NetworkGraph, measured: LayerMeasurements): ChartTable {
  return {
    columns: [text.stack.layerColumn, ...quantities.map((quantity) => text.quantities[quantity].column)],
    rows: layers.map(({ name }, layer) => [name, ...quantities.map((quantity) => measured[quantity][layer] ?? null)]),
  };
}
