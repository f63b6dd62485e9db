/** What a history says of a layer at a step, and as a table. */
import { text } from '../messages/messages.ts';
import { exact } from '../plot/format.ts';
import type { ChartTable } from '../plot/table.ts';
import { sharedSteps } from '../records/history.ts';
import type { Quantity } from '../records/records.ts';
import { measurementsAt, type Run } from '../records/run.ts';

const words = text.charts.history;

/** What was measured in one layer at one step, or in those that share its row. */
export interface HistoryCell {
  /** 1 for the first update. */
  readonly step: number;
  /** 0 at the input. */
  readonly layer: number;
  readonly layerName: string;
  /** Exact for a single step; else the mean. */
  readonly value: number;
  /** The steps that share it, where it is not one alone, with their lowest and highest value. */
  readonly shared: { readonly from: number; readonly to: number; readonly low: number; readonly high: number } | null;
}

/** What was measured in a layer at a step; null where nothing was. */
export function cellAt(run: Run, quantity: Quantity, step: number, layer: number): HistoryCell | null {
  const layerName = run.layerNames[layer];
  if (layerName === undefined || step < 1 || step > run.steps) return null;
  const value = measurementsAt(run, step)[quantity][layer];
  return value === undefined ? null : { step, layer, layerName, value, shared: sharedIn(run, quantity, step, layer) };
}

function sharedIn({ history, steps }: Run, quantity: Quantity, step: number, layer: number): HistoryCell['shared'] {
  const [from, to] = sharedSteps(history, steps, step);
  if (from === to) return null;
  const at = Math.floor((step - 1) / history.stepsPerRow) * history.layers + layer;
  return { from, to, low: history.low[quantity][at] ?? Number.NaN, high: history.high[quantity][at] ?? Number.NaN };
}

/** The value of a cell in figures, with its range where steps share it. */
export function cellText({ value, shared }: HistoryCell): string {
  if (!shared) return exact(value);
  return words.range(exact(value), exact(shared.low), exact(shared.high));
}

/** The step of a cell, or the steps that share it. */
export function cellSteps({ step, shared }: HistoryCell): string {
  return words.span(shared?.from ?? step, shared?.to ?? step);
}

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
