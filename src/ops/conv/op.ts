import type { Kernel } from '../../experiment/experiment.ts';
import type { OpRules, ParameterId } from '../op.ts';
import { elements, strided } from '../shapes.ts';

/** Cross-correlation, zero padding (kernel − 1) / 2 on each side; weight [kernel, kernel, in, out]. */
export interface Conv {
  readonly kind: 'conv';
  readonly kernel: Kernel;
  readonly stride: 1 | 2;
  readonly weight: ParameterId;
  readonly bias: ParameterId | null;
}

export const conv: OpRules<Conv> = {
  shape: (input, { stride }, units) => strided(input, stride, units),
  // Taps in the zero padding are counted like the others.
  flops: ([, , channels], output, { kernel }) => 2 * elements(output) * kernel ** 2 * channels,
  kept: elements,
};
