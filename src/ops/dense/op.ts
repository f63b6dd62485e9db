import type { OpRules, ParameterId } from '../op.ts';
import { elements } from '../shapes.ts';

/** Flattens its input in row, column, channel order; weight [inputs, units]. */
export interface Dense {
  readonly kind: 'dense';
  readonly weight: ParameterId;
  readonly bias: ParameterId | null;
}

export const dense: OpRules<Dense> = {
  shape: (_input, _op, units) => [1, 1, units],
  flops: (input, output) => 2 * elements(output) * elements(input),
  kept: elements,
};
