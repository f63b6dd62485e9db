/** Which sweep the view shows: of the experiment in the lab, until one is worth keeping in sight. */
import type { Experiment } from '../experiment/experiment.ts';
import { experimentText } from '../experiment/experimentText.ts';
import { defaultSweep } from '../experiment/sweep/sweep.ts';
import type { SweepState } from '../session/sweeps/state.ts';
import type { SweepOnView } from '../session/views.ts';

/** Whether another base would throw away what somebody waits for. */
function isAtWork({ status }: Pick<SweepState, 'status'>): boolean {
  return status.kind !== 'idle' && status.kind !== 'finished';
}

/** The same question to another experiment: the usual one of each, or the same values. */
function ofAnother({ base, sweep }: SweepOnView, experiment: Experiment): SweepOnView {
  const isUsual = JSON.stringify(sweep) === JSON.stringify(defaultSweep(base));
  return { base: experiment, sweep: isUsual ? defaultSweep(experiment) : sweep };
}

/**
 * A sweep that nobody has started follows the lab. One that has been started stays, finished or not, until another is
 * asked for; and one at work stays even then.
 *
 * @param shown what the queue holds
 * @param asked what the address, or the fields, ask for; null before anything was
 * @param lab the experiment in the lab
 */
export function sweepToShow(
  shown: Pick<SweepState, 'base' | 'sweep' | 'status'>,
  asked: SweepOnView | null,
  lab: Experiment,
): SweepOnView {
  const { base, sweep, status } = shown;
  if (status.kind === 'idle') return asked ? ofAnother(asked, lab) : { base: lab, sweep: defaultSweep(lab) };
  const isOther = asked !== null && experimentText(asked.base) !== experimentText(base);
  return asked === null || (isOther && isAtWork(shown)) ? { base, sweep } : asked;
}
