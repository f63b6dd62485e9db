/** What the buttons of the transport may do. A press is kept while networks are built: they train as soon as they are ready. */
import type { LabState } from './store/state.ts';
import { secondsLeft } from './timeLeft.ts';

/** Whether training can be asked for. The first engine may not start at all, so until then there is nothing to promise. */
export function canTrain({ status, engine }: Pick<LabState, 'status' | 'engine'>): boolean {
  if (status.kind === 'loading') return engine !== null;
  return status.kind === 'preparing' || status.kind === 'ready' || status.kind === 'paused';
}

/** Whether the button that plays, or pauses what plays, would come to anything: after the last step a pause would not. */
export function canPlayOrPause(state: LabState): boolean {
  return state.isPlaying ? secondsLeft(state) !== 'measuring' : canTrain(state);
}
