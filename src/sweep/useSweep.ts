import { useCallback, useEffect } from 'react';
import type { Experiment } from '../experiment/experiment.ts';
import { experimentText } from '../experiment/experimentText.ts';
import type { Sweep } from '../experiment/sweep/sweep.ts';
import { useLab, useLabState } from '../session/hooks.ts';
import { sameEngine } from '../session/sweeps/engineChoice.ts';
import { doneAt } from '../session/sweeps/progress.ts';
import type { SweepQueue } from '../session/sweeps/queue.ts';
import type { SweepOnView, Views } from '../session/views.ts';
import { useFrames } from '../ui/useFrames.ts';
import { sweepToShow } from './sweepToShow.ts';

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
  const asked = useFrames(views, (state) => state.sweep);
  useEffect(() => {
    // Until its own worker has started one, the sweep expects to get what the lab has got.
    if (engine && queue.store.getState().engine === null) queue.use(engine);
  }, [queue, engine]);
  useEffect(() => {
    const isOfSweep = engine !== null && sameEngine(engine, queue.store.getState().engine);
    if (lastSpeed && isOfSweep) queue.suppose(doneAt(lastSpeed.experiment, lastSpeed.speed));
  }, [queue, engine, lastSpeed]);
  useEffect(() => {
    // A link changes the lab and the views at once, but each of them arrives here in its own time.
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
