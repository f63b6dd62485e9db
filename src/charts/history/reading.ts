import type { Quantity } from '../../measurements/records.ts';
import type { Run } from '../../measurements/run.ts';

/** One cell of the history, exactly. */
export interface Cell {
  /** 1 for the first update. */
  readonly step: number;
  /** 0 at the input. */
  readonly layer: number;
  readonly layerName: string;
  readonly value: number;
}

/** What was measured in a layer at a step; null where nothing was. */
export function cellAt(run: Run, quantity: Quantity, step: number, layer: number): Cell | null {
  const layerName = run.layerNames[layer];
  const value = run.history[quantity][(step - 1) * run.layerNames.length + layer];
  if (layerName === undefined || value === undefined || step < 1 || step > run.steps) return null;
  return { step, layer, layerName, value };
}

/** Where a key takes the cursor across the layers; null for keys that do not. */
export function movedLayer(layer: number, layers: number, key: string): number | null {
  if (key === 'ArrowUp') return Math.max(0, layer - 1);
  return key === 'ArrowDown' ? Math.min(layers - 1, layer + 1) : null;
}
