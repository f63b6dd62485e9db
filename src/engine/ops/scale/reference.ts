/** A constant multiple. Also its own backward side, with dy in place of x. */
import { type Batch, map } from '../reference.ts';

export function scaled(x: Batch, factor: number): Batch {
  return map(x, (value) => factor * value);
}
