import type { Experiment, NetworkSpec } from '../experiment/experiment.ts';

/**
 * Whether the networks on the page are those of the lesson. How they are trained may differ: a check reads what happened.
 *
 * @param isGainFree the learner may change the gain of their initial weights
 */
export function isOwnExperiment(own: Experiment, shown: Experiment, isGainFree: boolean): boolean {
  const told = ({ gain, ...network }: NetworkSpec) => (isGainFree ? network : { ...network, gain });
  return JSON.stringify(own.networks.map(told)) === JSON.stringify(shown.networks.map(told));
}
