import type { Experiment, NetworkSpec } from '../../experiment/experiment.ts';
import { useLab } from '../../session/hooks.ts';
import type { Part } from '../lesson.ts';
import { useProgress } from '../progress.ts';

/**
 * Whether the networks on the page are those of the lesson. How they are trained may differ: a check reads what happened.
 *
 * @param isGainFree the learner may change the gain of their initial weights
 */
function isOwnExperiment(own: Experiment, shown: Experiment, isGainFree: boolean): boolean {
  const told = ({ gain, ...network }: NetworkSpec) => (isGainFree ? network : { ...network, gain });
  return JSON.stringify(own.networks.map(told)) === JSON.stringify(shown.networks.map(told));
}

/** Whether the networks on the page are the part's; a graft onto its base counts. */
export function useIsOwn(part: Part): boolean {
  const own = useProgress((state) => state.own);
  const experiment = useLab((state) => state.experiment);
  const isGraft = useLab(({ base }) => base !== null);
  return own === null || isGraft || isOwnExperiment(own, experiment, part.isGainFree ?? false);
}
