/** What the buttons of the transport may do. A press is kept while the engine loads and networks are built: they train as soon as they are ready. */
import type { LabState } from './store/state.ts';
import { secondsLeft } from './timeLeft.ts';

/** Whether training can be asked for. Where no engine starts, that ends what was asked for, and is said. */
export function canTrain({ status }: Pick<LabState, 'status'>): boolean {
  return ['loading', 'preparing', 'ready', 'paused'].includes(status.kind);
}

/** Whether the button that plays, or pauses what plays, would come to anything: after the last step a pause would not. */
export function canPlayOrPause(state: LabState): boolean {
  return state.isPlaying ? secondsLeft(state) !== 'measuring' : canTrain(state);
}
