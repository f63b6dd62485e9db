import { useState } from 'react';
import { text } from '../../messages/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { AddIcon } from '../../ui/icons.tsx';
import { LessIcon } from './icons.tsx';

interface StepperProps {
  /** What is counted, for instance "Width". */
  readonly label: string;
  /** Whose it is, for screen readers, where several steppers are in sight. */
  readonly owner: string;
  readonly value: string;
  /** Values beyond the limits are refused with a sentence, so the buttons never go dead under a finger. */
  readonly onStep: (direction: -1 | 1) => void;
  /** Takes what was typed in place of the value; without it, the value can only be stepped. */
  readonly onType?: (typed: string) => void;
}

/** A value between a button for less and one for more. */
export function Stepper({ label, owner, value, onStep, onType }: StepperProps) {
  return (
    <div className="stepper">
      <Button look="icon" aria-label={text.stack.ofItem(text.stack.less(label), owner)} onPress={() => onStep(-1)}>
        <LessIcon />
      </Button>
      {onType ? (
        <Typed name={text.stack.ofItem(label, owner)} value={value} onType={onType} />
      ) : (
        <output className="stepper-value">{value}</output>
      )}
      <Button look="icon" aria-label={text.stack.ofItem(text.stack.more(label), owner)} onPress={() => onStep(1)}>
        <AddIcon />
      </Button>
    </div>
  );
}

interface TypedProps {
  readonly name: string;
  readonly value: string;
  readonly onType: (typed: string) => void;
}

/** A value that counts once Enter is pressed or the field is left. */
function Typed({ name, value, onType }: TypedProps) {
  /** Counts until the value is another one. */
  const [draft, setDraft] = useState<{ readonly text: string; readonly over: string } | null>(null);
  const typed = draft?.over === value ? draft.text : value;
  const commit = () => {
    if (typed !== value) onType(typed);
  };
  return (
    <input
      className="stepper-value stepper-typed"
      aria-label={name}
      inputMode="numeric"
      autoComplete="off"
      value={typed}
      onChange={(event) => setDraft({ text: event.target.value, over: value })}
      onFocus={(event) => event.target.select()}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
