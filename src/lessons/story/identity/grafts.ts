import type { Experiment } from '../../../experiment/experiment.ts';
import { ADDED_LAYERS, type BaseKind, familyStack } from '../../../experiment/families.ts';
import { familyWidthSetting } from '../../../experiment/settings.ts';

/** What is inserted, in the order of the networks a to d. */
export const graftKinds = [
  'base+identity',
  'base+zeroresidual',
  'base+conv',
  'base+dirac',
] as const satisfies readonly BaseKind[];

/** Updates after the layers are inserted, at a low rate that falls to 0. */
const STEPS = 200;
const RATE = 0.02;

/** The base's experiment with its network replaced by four that it is to be grafted into. */
export function graftsOnto({ networks, training }: Experiment): Experiment {
  const [base] = networks;
  const made = graftKinds.flatMap((kind) => {
    const stack = familyStack({ preset: 's14', kind, layers: ADDED_LAYERS, width: familyWidthSetting.usual });
    return base ? [{ ...base, stack }] : [];
  });
  const steps = Math.min(STEPS, training.steps);
  return { networks: made, training: { ...training, lr: RATE, schedule: 'linear', steps } };
}
