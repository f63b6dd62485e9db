/** The identity layer: its output is its input, and so is its gradient. */
import type { Batch } from '../reference.ts';

export function forward(x: Batch): Batch {
  return x;
}

/** Gradient by the input. */
export function backward(dy: Batch): Batch {
  return dy;
}
