import { text } from '../../messages/messages.ts';
import { exact } from '../../plot/format.ts';
import { sharedSteps } from '../../records/history.ts';
import type { Quantity } from '../../records/records.ts';
import { measurementsAt, type Run } from '../../records/run.ts';

/** What was measured in one layer at one step, or in those that share its row. */
export interface Cell {
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
export function cellAt(run: Run, quantity: Quantity, step: number, layer: number): Cell | null {
  const layerName = run.layerNames[layer];
  if (layerName === undefined || step < 1 || step > run.steps) return null;
  const value = measurementsAt(run, step)[quantity][layer];
  return value === undefined ? null : { step, layer, layerName, value, shared: sharedIn(run, quantity, step, layer) };
}

function sharedIn({ history, steps }: Run, quantity: Quantity, step: number, layer: number): Cell['shared'] {
  const [from, to] = sharedSteps(history, steps, step);
  if (from === to) return null;
  const at = Math.floor((step - 1) / history.stepsPerRow) * history.layers + layer;
  return { from, to, low: history.low[quantity][at] ?? Number.NaN, high: history.high[quantity][at] ?? Number.NaN };
}

/** The value of a cell in figures, with its range where steps share it. */
export function cellText({ value, shared }: Cell): string {
  if (!shared) return exact(value);
  return text.charts.history.range(exact(value), exact(shared.low), exact(shared.high));
}

/** The step of a cell, or the steps that share it. */
export function cellSteps({ step, shared }: Cell): string {
  return text.charts.history.span(shared?.from ?? step, shared?.to ?? step);
}

/** Where a key takes the cursor across the layers; null for keys that do not. */
export function movedLayer(layer: number, layers: number, key: string): number | null {
  if (key === 'ArrowUp') return Math.max(0, layer - 1);
  return key === 'ArrowDown' ? Math.min(layers - 1, layer + 1) : null;
}
