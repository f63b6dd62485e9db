/** A constant multiple. Also its own backward side, with dy in place of x. */
import { type Batch, map, type ReferenceOp, single } from '../reference.ts';
import type { Scale } from './op.ts';

export function scaled(x: Batch, factor: number): Batch {
  return map(x, (value) => factor * value);
}

export const scale: ReferenceOp<Scale> = {
  forward: ({ op }, inputs) => scaled(single(inputs), op.factor),
  backward: ({ op }, dy) => ({ inputs: [scaled(dy, op.factor)] }),
};
