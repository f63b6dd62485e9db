import type { Experiment, NetworkSpec } from './experiment.ts';
import { type Problem, problem } from './problem.ts';
import { networkSettingKeys, trainingSettingKeys } from './settings.ts';
import { sameStack } from './stack.ts';

/**
 * Why a change of the experiment starts training again, or null if a run can go on with it. A run goes on with another
 * learning rate, and with other steps where the schedule does not depend on them; anything else would
 * make its curves those of no experiment that can be written down. All networks start again together, as they are
 * compared step by step on the same minibatches.
 */
export function resetReason(before: Experiment, after: Experiment): Problem | null {
  if (!sameNetworks(before.networks, after.networks)) return problem('edit.resetsNetworks');
  if (before.training.data?.id !== after.training.data?.id) return problem('edit.resetsSetting', { key: 'data' });
  const changed = trainingSettingKeys.find((key) => {
    if (key === 'lr') return false;
    if (key === 'steps' && after.training.schedule === 'constant') return false;
    return before.training[key] !== after.training[key];
  });
  return changed === undefined ? null : problem('edit.resetsSetting', { key: changed });
}

/** Whether two lists of networks are equal in everything that training depends on. */
function sameNetworks(before: readonly NetworkSpec[], after: readonly NetworkSpec[]): boolean {
  return before.length === after.length && before.every((network, i) => sameNetwork(network, after[i]));
}

function sameNetwork(a: NetworkSpec, b: NetworkSpec | undefined): boolean {
  return b !== undefined && sameStack(a.stack, b.stack) && networkSettingKeys.every((key) => a[key] === b[key]);
}
