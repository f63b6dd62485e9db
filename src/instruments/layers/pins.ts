/** The steps that are kept in view beside the one on view: until the page is left, whichever instruments are open. */
import { createStore } from 'zustand/vanilla';
import { useFrames } from '../../ui/useFrames.ts';
import { pinLines } from './series.ts';

const pinStore = createStore<readonly number[]>(() => []);

/** In the order in which they were pinned: a step keeps its place, and so its line, until it is let go. */
export function usePins(): readonly number[] {
  return useFrames(pinStore, (pins) => pins);
}

/** Whether a step can be pinned: that of an update, not pinned yet, and not one too many. */
export function canPin(pins: readonly number[], step: number): boolean {
  return step > 0 && !pins.includes(step) && pins.length < pinLines.length;
}

export function pin(step: number): void {
  const pins = pinStore.getState();
  if (canPin(pins, step)) pinStore.setState([...pins, step], true);
}

export function unpin(step: number): void {
  pinStore.setState(
    pinStore.getState().filter((each) => each !== step),
    true,
  );
}
