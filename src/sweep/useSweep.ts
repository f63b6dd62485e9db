/** Which sweep the view shows: of the experiment in the lab, until one is worth keeping in sight. */
import { useCallback, useEffect } from 'react';
import type { Experiment } from '../experiment/experiment.ts';
import { experimentText } from '../experiment/experimentText.ts';
import { defaultSweep, type Sweep } from '../experiment/sweep/sweep.ts';
import { useLab, useLabState } from '../session/hooks.ts';
import { sameEngine } from '../session/sweeps/engineChoice.ts';
import { doneAt } from '../session/sweeps/progress.ts';
import type { SweepQueue } from '../session/sweeps/queue.ts';
import type { SweepState } from '../session/sweeps/state.ts';
import type { SweepOnView, Views } from '../session/views.ts';
import { useStorePerFrame } from '../ui/useStorePerFrame.ts';

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

function isSame(one: SweepOnView, other: SweepOnView): boolean {
  return (
    experimentText(one.base) === experimentText(other.base) && JSON.stringify(one.sweep) === JSON.stringify(other.sweep)
  );
}

/** Keeps the queue on the sweep that is to be shown, and the address on what is shown. @returns what shows another */
export function useSweep(queue: SweepQueue, views: Views): (base: Experiment, sweep: Sweep) => void {
  const experiment = useLab((state) => state.experiment);
  const engine = useLab((state) => state.engine);
  const lastSpeed = useLab((state) => state.lastSpeed);
  const labState = useLabState();
  const asked = useStorePerFrame(views, (state) => state.sweep);
  useEffect(() => {
    // Until its own worker has started one, the sweep expects to get what the lab has got.
    if (engine && queue.store.getState().engine === null) queue.use(engine);
  }, [queue, engine]);
  useEffect(() => {
    const isOfSweep = engine !== null && sameEngine(engine, queue.store.getState().engine);
    if (lastSpeed && isOfSweep) queue.suppose(doneAt(lastSpeed.experiment, lastSpeed.speed));
  }, [queue, engine, lastSpeed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link changes the lab and the views at once, but each of them arrives here in its own time
  useEffect(() => {
    const [shown, now] = [queue.store.getState(), views.getState().sweep];
    const wanted = sweepToShow(shown, now, labState().experiment);
    if (shown.cells.length === 0 || !isSame(shown, wanted)) queue.show(wanted.base, wanted.sweep);
    if (!now || !isSame(now, wanted)) views.setState({ sweep: wanted });
  }, [queue, views, labState, experiment, asked]);
  return useCallback(
    (base, sweep) => {
      queue.show(base, sweep);
      views.setState({ sweep: { base, sweep } });
    },
    [queue, views],
  );
}
