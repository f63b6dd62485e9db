/** The steps that are kept in view beside the one on view: until the page is left, whichever instruments are open. */

import { useRef } from 'react';
import { createStore } from 'zustand/vanilla';
import { text } from '../../messages/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { useFrames } from '../../ui/useFrames.ts';
import { pinLines } from './series.ts';

const words = text.instruments.gradients;

const pinStore = createStore<readonly number[]>(() => []);

/** In the order in which they were pinned: a step keeps its place, and so its line, until it is let go. */
export function usePins(): readonly number[] {
  return useFrames(pinStore, (pins) => pins);
}

/** Whether a step can be pinned: that of an update, not pinned yet, and not one too many. */
export function canPin(pins: readonly number[], step: number): boolean {
  return step > 0 && !pins.includes(step) && pins.length < pinLines.length;
}

function pin(step: number): void {
  const pins = pinStore.getState();
  if (canPin(pins, step)) pinStore.setState([...pins, step], true);
}

function unpin(step: number): void {
  pinStore.setState(
    pinStore.getState().filter((each) => each !== step),
    true,
  );
}

/** Pins the step on view, and lets go of those that are pinned. */
export function PinBar({ step }: { readonly step: number }) {
  const pins = usePins();
  const group = useRef<HTMLFieldSetElement>(null);
  const letGo = (each: number) => {
    unpin(each);
    // The button that had the focus is gone.
    group.current?.focus();
  };
  return (
    <fieldset className="row pins" aria-label={words.pins} ref={group} tabIndex={-1}>
      <Button className="pins-pin" isDisabled={!canPin(pins, step)} onPress={() => pin(step)}>
        {words.pin(step)}
      </Button>
      {pins.map((each) => (
        <Button key={each} look="chip" aria-label={words.unpin(each)} onPress={() => letGo(each)}>
          {words.step(each)} <span aria-hidden="true">✕</span>
        </Button>
      ))}
    </fieldset>
  );
}
