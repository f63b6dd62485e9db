import { useRef } from 'react';
import { text } from '../../messages/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { canPin, pin, unpin, usePins } from './pins.ts';

const words = text.instruments.gradients;

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
    <fieldset className="pins" aria-label={words.pins} ref={group} tabIndex={-1}>
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
