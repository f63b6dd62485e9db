/** The test networks that the plan has kernels for, and by name those that it still leaves to the portable engine. */
import { testNetworks } from '../testNetworks.ts';

const unplanned: ReadonlySet<string> = new Set([
  'residual blocks, constant factors',
  'residual blocks, the shortcut cut',
  'residual blocks, learned factor, no normalisation',
  'residual blocks, gated shortcut, batch norm',
  'residual blocks, exclusive gate, option B',
  'residual blocks, dropout on the shortcut',
  'residual blocks, stochastic depth',
  'pre-activation, option A, batch norm',
  'pre-activation, option B, between other layers',
  'pre-activation, everything at once',
]);

export const plannedNetworks = testNetworks.filter(({ name }) => !unplanned.has(name));
export const refusedNetworks = testNetworks.filter(({ name }) => unplanned.has(name));
